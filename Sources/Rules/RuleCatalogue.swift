import Plans

/// Every rule, by name. A test compares it with the files of this folder.
package let rules: [any Rule.Type] = [
  Between.self, Completeness.self, Contains.self, Decreasing.self, DependsOn.self, DistinctCount.self,
  Duplicates.self, EndsWith.self, Equals.self, Expect.self, Finite.self, Format.self, In.self, Increasing.self,
  IsNull.self, Length.self, LetterCase.self, Like.self, Matches.self, MultipleOf.self, NewerThan.self,
  NoFormula.self, NonNegative.self, NotBlank.self, NotEquals.self, NotIn.self, NotInFuture.self, NotInPast.self,
  NotMatches.self, NotNull.self, NotReferences.self, OfType.self, OlderThan.self, Positive.self, References.self,
  RowCount.self, StartsWith.self, Unique.self, UniqueRatio.self, UniqueWithinRow.self, Uniqueness.self, Valid.self,
]
