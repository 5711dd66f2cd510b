import Columns
import Kernels

extension Function {
  /// `is_email(text)` and the like: one for each form that has a name.
  static let forms: [Function] =
    TextForm.all.filter { $0.name != "date" }.map { form in
      Function(
        "is_\(form.name)", .form, "Whether the text is \(form.summary) (\(form.source)).",
        .plain(.value("text", .string), gives: .fixed(.bool)) { form.holds($0[0], $0.store) },
        example: "is_\(form.name)('\(form.example)')", gives: "true")
    } + [isDate, isPostalCode]

  static let isDate = Function(
    "is_date", .form, "Whether the text is a day as YYYY-MM-DD, or as a format has it.",
    .plain(.value("text", .string), gives: .fixed(.bool)) { call in
      TextForm.named("date").map { $0.holds(call[0], call.store) } ?? call[0]
    },
    .prepared(.value("text", .string), .constant("format", .string), gives: .fixed(.bool)) {
      info throws(ArgumentFault) in
      let format: TemporalFormat
      do throws(TemporalFormatError) {
        format = try TemporalFormat(info.string(1))
      } catch {
        throw ArgumentFault(argument: 1, error.message, offset: error.offset)
      }
      if let problem = format.problem(reading: .date) {
        throw ArgumentFault(argument: 1, problem.message, offset: problem.offset)
      }
      return { Temporal.isDate($0[0], by: format, in: $0.store) }
    },
    example: "is_date('29/02/2024', '%d/%m/%Y')", gives: "true")

  static let isPostalCode = Function(
    "is_postal_code", .form, "Whether the text has the shape of a country's postal codes.",
    .prepared(.value("text", .string), .constant("country", .string), gives: .fixed(.bool)) {
      info throws(ArgumentFault) in
      guard let codes = PostalCode(country: info.string(1)) else {
        throw ArgumentFault(
          argument: 1, "postal codes are known of \(PostalCode.known.joined(separator: ", "))")
      }
      return { codes.holds($0[0], $0.store) }
    },
    example: "is_postal_code('10117', 'DE')", gives: "true")
}
