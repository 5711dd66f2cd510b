import CPCRE2

/// What PCRE2 needs to match one text after the other: made once a call, used by one thread.
struct PatternSession: ~Copyable {
  enum Outcome { case found, none, limit }

  /// Steps that a text may take, whatever its length, and further ones for each of its bytes.
  private static let steps = 100_000
  private static let stepsPerByte = 64
  /// Shorter texts may take as many steps as one of this length.
  private static let shortest = 4096
  /// KiB that PCRE2 may use where it interprets.
  private static let heap: UInt32 = 64 << 10
  private static let largestStack = 64 << 20

  private let code: PatternCode
  private let data: OpaquePointer
  private let context: OpaquePointer
  private var stack: OpaquePointer?
  /// The length of text that the match limit is for.
  private var granted = 0
  /// Start and end of the match and of each group; `unset` for a group that took no part.
  let offsets: UnsafeMutablePointer<Int>

  static let unset = -1

  /// Nil when no memory is left.
  init?(_ code: PatternCode) {
    guard let data = pcre2_match_data_create_from_pattern_8(code.code, nil) else { return nil }
    guard let context = pcre2_match_context_create_8(nil), let offsets = pcre2_get_ovector_pointer_8(data) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    self.code = code
    self.data = data
    self.context = context
    self.offsets = offsets
    pcre2_set_heap_limit_8(context, Self.heap)
    grant(Self.shortest)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }

  /// Looks for a match of well-formed UTF-8 that begins at or after `origin`, where a scalar begins or the text ends.
  @inline(__always)
  mutating func match(_ text: TextBytes, from origin: Int) -> Outcome {
    if max(text.count, Self.shortest) != granted { grant(max(text.count, Self.shortest)) }
    let status = run(text, origin)
    if status > 0 { return .found }
    return status == PCRE2_ERROR_NOMATCH ? .none : outcome(status, text, origin)
  }

  @inline(__always)
  private func run(_ text: TextBytes, _ origin: Int) -> Int32 {
    let subject = text.start.assumingMemoryBound(to: UInt8.self)
    if code.hasMachineCode {
      return pcre2_jit_match_8(code.code, subject, text.count, origin, 0, data, context)
    }
    return pcre2_match_8(code.code, subject, text.count, origin, PCRE2_NO_UTF_CHECK, data, context)
  }

  @inline(never)
  private mutating func outcome(_ status: Int32, _ text: TextBytes, _ origin: Int) -> Outcome {
    // The machine's own stack has 32 KiB for this; few texts need another.
    guard status == PCRE2_ERROR_JIT_STACKLIMIT, stack == nil,
      let larger = pcre2_jit_stack_create_8(64 << 10, Self.largestStack, nil)
    else { return .limit }
    stack = larger
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(larger))
    let again = run(text, origin)
    return again > 0 ? .found : again == PCRE2_ERROR_NOMATCH ? .none : .limit
  }

  /// Whether a text fails depends on nothing but the text.
  @inline(never)
  private mutating func grant(_ length: Int) {
    granted = length
    let limit = Self.steps + Self.stepsPerByte * length
    pcre2_set_match_limit_8(context, UInt32(clamping: limit))
  }
}
