import CPCRE2

/// What is wrong with a regular expression.
package struct PatternError: Error, Equatable, Sendable {
  /// The byte of the pattern (or template) before which the fault was found.
  package let offset: Int
  /// In lower case, without a full stop.
  package let message: String

  package init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// A regular expression, compiled once and used by any number of threads.
///
/// The language is PCRE2's over Unicode scalars. As in RE2, and so in DuckDB, `\d`, `\w`, `\s` and `\b` know ASCII only,
/// `.` stands for anything but a line feed and `$` for the very end (`\C`, a single byte, is refused). What is simple
/// enough is also compiled to a ``ByteAutomaton``, which answers the question whether a text matches in about a
/// nanosecond a byte; PCRE2's machine code answers all others.
///
/// A text that is not UTF-8 matches nothing. One on which PCRE2 takes too many steps fails with `.patternLimit`.
package struct Pattern: Sendable {
  let code: PatternCode
  let automaton: ByteAutomaton?

  /// Compiles a pattern.
  ///
  /// - Parameters:
  ///   - pattern: UTF-8.
  ///   - ignoringCase: Letters match either case, as Unicode's simple folding has it.
  ///   - wholeValue: A match is the whole text; otherwise any part of it.
  /// - Throws: Where and why the pattern is not one.
  package init(_ pattern: [UInt8], ignoringCase: Bool, wholeValue: Bool) throws(PatternError) {
    try self.init(pattern, ignoringCase: ignoringCase, wholeValue: wholeValue, automatic: true)
  }

  /// Without `automatic` PCRE2 answers everything, so that the two can be compared.
  init(_ pattern: [UInt8], ignoringCase: Bool, wholeValue: Bool, automatic: Bool) throws(PatternError) {
    code = try PatternCode(pattern, ignoringCase: ignoringCase, wholeValue: wholeValue)
    automaton =
      automatic ? ByteAutomaton(pattern: pattern, ignoringCase: ignoringCase, wholeValue: wholeValue) : nil
  }

  /// The number of groups in parentheses that capture; group 0, the match itself, apart.
  package var groupCount: Int { code.groupCount }

  /// The number of the group `(?<name>…)`; nil where there is none of that name.
  package func group(named name: String) -> Int? {
    // A name ends at a NUL for PCRE2, and groups have no empty names.
    guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
    let number = name.withCString { bytes in
      bytes.withMemoryRebound(to: UInt8.self, capacity: name.utf8.count + 1) {
        pcre2_substring_number_from_name_8(code.code, $0)
      }
    }
    return number > 0 ? Int(number) : nil
  }
}

/// Owns a compiled pattern.
///
/// `@unchecked Sendable`: all that is written to the code is written in `init`; PCRE2 allows any number of threads to use
/// code that nobody writes to, each with match data of its own (pcre2api, "Multithreading").
final class PatternCode: @unchecked Sendable {
  let code: OpaquePointer
  let hasMachineCode: Bool
  let groupCount: Int

  init(_ pattern: [UInt8], ignoringCase: Bool, wholeValue: Bool) throws(PatternError) {
    var options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
    if ignoringCase { options |= PCRE2_CASELESS }
    // Unlike `^(?:…)$` around it, this leaves the pattern as it was written, and offsets in errors with it.
    if wholeValue { options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
    guard let context = pcre2_compile_context_create_8(nil) else {
      throw PatternError(offset: 0, message: "no memory is left")
    }
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    var (fault, offset): (Int32, Int) = (0, 0)
    guard let code = pcre2_compile_8(pattern, pattern.count, options, &fault, &offset, context) else {
      throw PatternError(offset: max(0, min(offset, pattern.count)), message: Self.message(fault))
    }
    self.code = code
    hasMachineCode = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
  }

  deinit { pcre2_code_free_8(code) }

  private static func message(_ fault: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(fault, &text, text.count)
    return String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
  }
}
