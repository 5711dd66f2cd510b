import Plans

/// Every step, by name. A test compares it with the files of this folder.
package let steps: [any Step.Type] = [
  Bucket.self, Cast.self, Copy.self, Deduplicate.self, Drop.self, FillMissing.self, Filter.self,
  FlagDuplicates.self, FormatDate.self, Limit.self, LowerCase.self, MapValues.self, MaskDate.self, Merge.self,
  OneHot.self, Outliers.self, ParseDate.self, Remove.self, Rename.self, ReplaceInvalid.self, Sample.self, Scale.self,
  Select.self, SetColumns.self, Split.self, Trim.self,
  Validate.self,
]
