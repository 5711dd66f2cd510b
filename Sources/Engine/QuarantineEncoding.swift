import Columns
import Expressions
import Formats
import Kernels
import Plans

/// Writes the refused rows of a batch, and its malformed records among them, in the order of the file.
struct QuarantineEncoding {
  let format: QuarantineFormat
  let plan: BoundPlan
  /// The bytes between fields, the input's own.
  let delimiter: UInt8
  let attempt: Int

  mutating func encode(
    _ cells: BatchCells, _ state: borrowing BatchState, _ file: InputFile, _ work: inout RowWork,
    into result: BatchResult
  ) {
    let batch = cells.batch
    guard !state.condemned.isEmpty || !batch.malformed.isEmpty else { return }
    let reasons = RowReasons(state)
    let facts = reasons.causes.map { CauseFacts($0, in: plan.program) }
    var values = ShownValues(rows: reasons.rows)
    var counts = ReasonCounts(file: file)
    var malformed = batch.malformed[...]
    for (index, row) in reasons.rows.enumerated() {
      let start = batch.start(row)
      while let record = malformed.first, record.start < start {
        encode(record, batch, file, &counts, into: result)
        malformed = malformed.dropFirst()
      }
      let place = RowPlace(
        file: file.path, record: Int(clamping: batch.recordNumber(row)), line: Int(clamping: batch.line(row)))
      let rowFacts = reasons.byRow[index].map { facts[$0] }
      for fact in rowFacts { counts.add(fact.key, at: place) }
      result.quarantine.rows += 1
      switch format {
      case .none: break
      case .csv(let withSource):
        encodeCSV(row, place, rowFacts, batch, file, withSource: withSource, to: &result.quarantine.bytes)
      case .jsonLines(let kept):
        encodeJSON(
          index, row, place, rowFacts, kept, cells, file, state, &values, &work, to: &result.quarantine.bytes)
      }
    }
    for record in malformed { encode(record, batch, file, &counts, into: result) }
    result.reasons = counts.all
  }

  // MARK: JSON Lines

  private func encodeJSON(
    _ index: Int, _ row: Int, _ place: RowPlace, _ facts: [CauseFacts], _ kept: QuarantineDocument.ValuesKept,
    _ cells: BatchCells, _ file: InputFile, _ state: borrowing BatchState, _ values: inout ShownValues,
    _ work: inout RowWork, to output: inout [UInt8]
  ) {
    let batch = cells.batch
    appendHead(
      file, record: place.record, line: place.line, offset: batch.offset(row), length: batch.length(row),
      raw: batch.rawBytes(row), to: &output)
    output += ",\"values\":{".utf8
    var isFirst = true
    for column in shownColumns(kept, facts) {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      appendString(column.name, to: &output)
      output.append(UInt8(ascii: ":"))
      values.appendJSON(column, index, &work, state, cells.store, to: &output)
    }
    output += "},\"reasons\":[".utf8
    for (position, fact) in facts.enumerated() {
      if position > 0 { output.append(UInt8(ascii: ",")) }
      let kept = fact.kept.flatMap { values.integer($0, index, &work, state, cells.store) }
      appendReason(fact.key, step: fact.step, kept: kept.map { RecordPlace(packed: $0) }, to: &output) { output in
        guard fact.shown != nil, let column = fact.columns.first else { return output += "null".utf8 }
        values.appendJSON(column, index, &work, state, cells.store, to: &output)
      }
    }
    output += "],\"attempt\":\(attempt)}\n".utf8
  }

  private func shownColumns(_ kept: QuarantineDocument.ValuesKept, _ facts: [CauseFacts]) -> [BoundColumn] {
    switch kept {
    case .none: return []
    case .all: return plan.program.output
    case .failed:
      var columns: [BoundColumn] = []
      for column in facts.flatMap(\.columns) where !columns.contains(where: { $0.name == column.name }) {
        columns.append(column)
      }
      return columns
    }
  }

  private func appendHead(
    _ file: InputFile, record: Int, line: Int, offset: UInt64, length: Int, raw: UnsafeRawBufferPointer,
    to output: inout [UInt8]
  ) {
    output += "{\"id\":\"".utf8
    output += rowID(file, offset, raw).utf8
    output += "\",\"source\":{\"input\":\(file.id),\"record\":\(record),\"line\":\(line)".utf8
    output += ",\"offset\":\(offset),\"length\":\(length),\"part\":null},".utf8
    appendRaw(raw, isWhole: raw.count == length, to: &output)
  }

  /// `raw` as text where it is UTF-8, else as base64.
  private func appendRaw(_ raw: UnsafeRawBufferPointer, isWhole: Bool, to output: inout [UInt8]) {
    let isText = String(validating: raw, as: UTF8.self) != nil
    output += "\"raw\":\"".utf8
    if isText { Text.appendJSON(raw, to: &output) } else { Text.appendBase64(raw, to: &output) }
    output += (isText ? "\",\"raw_encoding\":\"utf-8\"" : "\",\"raw_encoding\":\"base64\"").utf8
    if !isWhole { output += ",\"raw_truncated\":true".utf8 }
  }

  private func appendReason(
    _ key: ReasonKey, step: Int, kept: RecordPlace? = nil, to output: inout [UInt8], value: (inout [UInt8]) -> Void
  ) {
    output += "{\"code\":".utf8
    appendString(key.code, to: &output)
    output += ",\"rule\":".utf8
    appendOptional(key.rule, to: &output)
    output += ",\"column\":".utf8
    appendOptional(key.column, to: &output)
    output += ",\"value\":".utf8
    value(&output)
    output += ",\"step\":\(step)".utf8
    if let kept { output += ",\"kept\":{\"input\":\(kept.input),\"record\":\(kept.record)}".utf8 }
    output.append(UInt8(ascii: "}"))
  }

  private func appendOptional(_ text: String?, to output: inout [UInt8]) {
    if let text { appendString(text, to: &output) } else { output += "null".utf8 }
  }

  // MARK: Malformed records

  private func encode(
    _ record: Malformed, _ batch: RecordBatch, _ file: InputFile, _ counts: inout ReasonCounts,
    into result: BatchResult
  ) {
    let key = ReasonKey(code: record.code.name, rule: nil, column: nil)
    let place = RowPlace(
      file: file.path, record: Int(clamping: record.record), line: Int(clamping: record.line))
    counts.add(key, at: place)
    result.quarantine.rows += 1
    guard format != .none else { return }
    var output: [UInt8] = []
    appendHead(
      file, record: place.record, line: place.line, offset: batch.baseOffset + UInt64(record.start),
      length: record.length, raw: batch.rawBytes(record), to: &output)
    output += ",\"values\":{},\"reasons\":[".utf8
    appendReason(key, step: 0, to: &output) { $0 += "null".utf8 }
    output += "],\"attempt\":\(attempt)}\n".utf8
    if case .csv = format { result.quarantine.unreadable += output } else { result.quarantine.bytes += output }
  }

  // MARK: CSV

  /// The record as it stood, its fields in the order of the first file, and why it is here.
  private func encodeCSV(
    _ row: Int, _ place: RowPlace, _ facts: [CauseFacts], _ batch: RecordBatch, _ file: InputFile, withSource: Bool,
    to output: inout [UInt8]
  ) {
    // Where carriage returns end the lines of the input, line feeds may stand in it without quotes; here they may not.
    let standsAlone = file.lineEnd == .carriageReturn
    if file.columns == Array(file.columns.indices), !standsAlone {
      output += batch.rawBytes(row)
    } else {
      for (index, field) in file.columns.enumerated() {
        if index > 0 { output.append(delimiter) }
        let bytes = batch.store.bytes(batch.rawSpan(row, from: field, to: field))
        let isBare = standsAlone && bytes.contains(UInt8(ascii: "\n")) && bytes.first != UInt8(ascii: "\"")
        if isBare { appendField(String(decoding: bytes, as: UTF8.self), to: &output) } else { output += bytes }
      }
    }
    var names: [String] = []
    for fact in facts {
      let name = fact.key.rule ?? fact.key.column.map { "\(fact.key.code)_\($0)" } ?? fact.key.code
      if !names.contains(name) { names.append(name) }
    }
    output.append(delimiter)
    appendField(names.joined(separator: ";"), to: &output)
    if withSource {
      let source = [
        file.path, "\(place.record)", "\(place.line)", "\(batch.offset(row))",
        rowID(file, batch.offset(row), batch.rawBytes(row)),
      ]
      for field in source {
        output.append(delimiter)
        appendField(field, to: &output)
      }
    }
    output.append(UInt8(ascii: "\n"))
  }

  private func appendField(_ text: String, to output: inout [UInt8]) {
    output += csvField(text, delimiter: delimiter)
  }
}

/// A field of a CSV file, in quotes only where it needs them.
package func csvField(_ text: String, delimiter: UInt8) -> [UInt8] {
  let bytes = Array(text.utf8)
  let marks = [delimiter, UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
  guard bytes.contains(where: marks.contains) else { return bytes }
  return [UInt8(ascii: "\"")] + bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] } + [UInt8(ascii: "\"")]
}

/// The identity of a source row: the same whenever the same record of the same file is read again.
func rowID(_ file: InputFile, _ offset: UInt64, _ raw: UnsafeRawBufferPointer) -> String {
  var head = Array((file.path.split(separator: "/").last.map(String.init) ?? file.path).utf8) + [0]
  withUnsafeBytes(of: offset.littleEndian) { head += $0 }
  let digest = head.withUnsafeBytes { Hashing.sha256([$0, raw]) }
  return Hashing.hex(Array(digest.prefix(16)))
}

/// The reasons of a batch, counted.
private struct ReasonCounts {
  let file: InputFile
  private(set) var all: [ReasonCount] = []
  private var positions: [ReasonKey: Int] = [:]

  init(file: InputFile) { self.file = file }

  mutating func add(_ key: ReasonKey, at place: RowPlace) {
    if let position = positions[key] {
      all[position].rows += 1
      if all[position].samples.count < RunWriter.samplesKept { all[position].samples.append(place) }
      return
    }
    positions[key] = all.count
    all.append(ReasonCount(reason: key, rows: 1, firstLine: place.line, file: file.id, samples: [place]))
  }
}
