import CYAML
import Diagnostics

/// libyaml's parser over one document: events with byte ranges. libyaml keeps pointers into the parser, so that it lives
/// on the heap and never moves.
struct EventStream: ~Copyable {
  struct Event {
    enum Kind {
      case document, endOfDocument, endOfStream, endOfCollection
      case alias(String)
      case scalar(bytes: [UInt8], style: Node.Scalar.Style)
      case sequence(isFlow: Bool)
      case mapping(isFlow: Bool)
    }

    let kind: Kind
    let anchor: String?
    let tag: String?
    /// Bytes of the file.
    let lower: Int
    let upper: Int
  }

  /// Why the text is no YAML, in libyaml's words, and where.
  struct Fault: Error {
    let problem: String
    let context: String?
    let offset: Int
    let contextOffset: Int?
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let base: Int
  /// Byte offset of each character of the input, and of its end; nil where every character is one byte.
  private let offsets: [Int]?

  /// Nil where memory is short. `file` must be UTF-8.
  init?(_ file: SourceFile) {
    base = file.markLength
    let bytes = file.bytes[base...]
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.update(fromContentsOf: bytes)
    offsets = bytes.allSatisfy { $0 < 0x80 } ? nil : EventStream.characterOffsets(bytes, base: base)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.initialize(to: yaml_parser_t())
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  private static func characterOffsets(_ bytes: ArraySlice<UInt8>, base: Int) -> [Int] {
    var offsets: [Int] = []
    offsets.reserveCapacity(bytes.count + 1)
    for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 { offsets.append(base + index) }
    offsets.append(base + bytes.count)
    return offsets
  }

  /// libyaml's marks count characters.
  private func offset(_ mark: yaml_mark_t) -> Int {
    let index = Int(clamping: mark.index)
    guard let offsets else { return min(base + index, base + input.count) }
    return offsets[min(index, offsets.count - 1)]
  }

  /// The next event that matters.
  func next() throws(Fault) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
      defer { yaml_event_delete(&event) }
      if let event = translated(event) { return event }
    }
  }

  private func translated(_ event: yaml_event_t) -> Event? {
    let data = event.data
    func made(_ kind: Event.Kind, anchor: UnsafePointer<UInt8>? = nil, tag: UnsafePointer<UInt8>? = nil) -> Event {
      Event(
        kind: kind, anchor: anchor.map { String(cString: $0) }, tag: tag.map { String(cString: $0) },
        lower: offset(event.start_mark), upper: offset(event.end_mark))
    }
    switch event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return made(.endOfStream)
    case YAML_DOCUMENT_START_EVENT: return made(.document)
    case YAML_DOCUMENT_END_EVENT: return made(.endOfDocument)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return made(.endOfCollection)
    case YAML_ALIAS_EVENT:
      return data.alias.anchor.map { made(.alias(String(cString: $0))) }
    case YAML_SCALAR_EVENT:
      let scalar = data.scalar
      let bytes = Array(UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length))
      return made(
        .scalar(bytes: bytes, style: .init(scalar.style)), anchor: scalar.anchor, tag: scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      let start = data.sequence_start
      return made(.sequence(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE), anchor: start.anchor, tag: start.tag)
    case YAML_MAPPING_START_EVENT:
      let start = data.mapping_start
      return made(.mapping(isFlow: start.style == YAML_FLOW_MAPPING_STYLE), anchor: start.anchor, tag: start.tag)
    default: return nil
    }
  }

  private func fault() -> Fault {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "memory is short"
    // The reader counts bytes; the scanner and the parser count characters.
    let isReading = state.error == YAML_READER_ERROR
    let context = state.context.map { String(cString: $0) }
    return Fault(
      problem: problem, context: context,
      offset: isReading ? base + Int(clamping: state.problem_offset) : offset(state.problem_mark),
      contextOffset: context == nil ? nil : offset(state.context_mark))
  }
}

extension Node.Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .single
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .double
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
