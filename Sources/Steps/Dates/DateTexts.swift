import Columns
import Documents
import Expressions
import Kernels
import Plans

/// How steps over dates read and write them.
extension StepScope {
  /// Texts read as dates, times, timestamps or instants by the first format that fits, or by the ISO forms without any.
  /// A text that does not fit fails.
  mutating func parsed(_ texts: Typed, as type: DataType, by formats: [TemporalFormatText]) -> Typed {
    let zone = scope.context.zone
    let known = formats.map(\.format)
    return computed(
      "parse_date", detail: formats.map { .text($0.text) }, [texts], as: type, canFail: true
    ) { Temporal.read($0[0], as: $0.type, formats: known, in: $0.store, zone: zone) }
  }

  /// Dates or timestamps written by a format that has no problem writing their type.
  mutating func written(_ value: Typed, by format: TemporalFormat) -> Typed {
    let zone = scope.context.zone
    return computed("strftime", detail: [.text(format.pattern), .text("step")], [value], as: .string, canFail: true) {
      Temporal.strftime($0[0], format, in: $0.store, zone: zone)
    }
  }

  /// Whether all formats can read a type; what is wrong is reported.
  mutating func canRead(_ type: DataType, by formats: [TemporalFormatText]) -> Bool {
    let problems = formats.compactMap { $0.problem(reading: type) }
    for problem in problems { report(problem) }
    return problems.isEmpty
  }
}
