import Plans

/// Every rule, by name. A test compares it with the files of this folder.
package let rules: [any Rule.Type] = [
  Between.self, Completeness.self, Decreasing.self, DistinctCount.self, Duplicates.self, Expect.self, In.self,
  Increasing.self, Length.self, Matches.self, NotBlank.self, NotInFuture.self, NotNull.self,
  NotReferences.self, OfType.self, References.self, RowCount.self,
  Unique.self, UniqueRatio.self, UniqueWithinRow.self, Uniqueness.self, Valid.self,
]
