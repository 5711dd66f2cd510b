import Plans

/// Every rule, by name. A test compares it with the files of this folder.
package let rules: [any Rule.Type] = [
  Between.self, Completeness.self, Decreasing.self, Expect.self, In.self, Increasing.self, Length.self, Matches.self,
  NotBlank.self, NotInFuture.self, NotNull.self, OfType.self, RowCount.self, UniqueWithinRow.self, Valid.self,
]
