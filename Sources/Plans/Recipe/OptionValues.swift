import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// An expression in a document.
package struct ExpressionText: NotationText {
  package static let notation = Notation.expression
  package let text: SourceText
  package init(_ text: SourceText) { self.text = text }
}

/// A format of dates or times.
package struct TemporalFormatText: OptionValue {
  package let format: TemporalFormat
  package let text: String
  package let range: SourceRange
  package static let valueDescription = "a format such as \"%d/%m/%Y\""
  package static let schema = JSONSchema.text

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> TemporalFormatText? {
    guard let text = node.text(as: .format, &diagnostics) else { return nil }
    do {
      return TemporalFormatText(format: try TemporalFormat(text.string), text: text.string, range: node.range)
    } catch {
      diagnostics.report(.badFormat(error.message, at: text.range(error.offset, error.offset + 1)))
      return nil
    }
  }
}

extension TemporalFormatText {
  /// Why values of a type cannot be read by it; nil when they can.
  package func problem(reading type: DataType) -> Diagnostic? {
    format.problem(reading: type).map(diagnostic)
  }

  /// Why values of a type cannot be written by it; nil when they can.
  package func problem(writing type: DataType) -> Diagnostic? {
    format.problem(writing: type).map(diagnostic)
  }

  private func diagnostic(_ problem: TemporalFormatError) -> Diagnostic {
    let hint = text.contains("%") ? nil : "parts are written with a percent sign, such as %d/%m/%Y"
    return .badFormat(problem.message, at: range, help: hint)
  }
}

/// The name of a type.
package struct TypeName: OptionValue {
  package let type: DataType
  package let range: SourceRange
  package static let valueDescription = "a type such as int, date or decimal(6, 2)"
  package static let schema = JSONSchema.text(suggesting: DataType.names.filter { $0 != "decimal" } + ["decimal(9, 2)"])

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> TypeName? {
    guard let text = node.text(as: .type, &diagnostics), let syntax = parseType(text, into: &diagnostics) else {
      return nil
    }
    return resolveType(syntax, in: text, into: &diagnostics).map { TypeName(type: $0, range: node.range) }
  }
}

/// The name of a time zone.
package struct ZoneName: OptionValue {
  package let zone: TimeZone
  package static let valueDescription = "a time zone such as Europe/Berlin"
  package static let schema = JSONSchema.text

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> ZoneName? {
    guard let name = String.read(node, &diagnostics) else { return nil }
    guard let zone = TimeZone(name) else {
      diagnostics.report(.unknownZone(name, at: node.range))
      return nil
    }
    return ZoneName(zone: zone)
  }
}

/// Columns, by name or by pattern: `minutes`, `[minutes, score]`, `/^score_/`.
package struct ColumnSelection: OptionValue {
  package enum Item: Sendable {
    case name(String, SourceRange)
    case pattern(Pattern, String, SourceRange)
  }

  package let items: [Item]
  package let range: SourceRange

  /// Where a column is named last; all of the selection for one that a pattern brought in.
  package func range(of column: String) -> SourceRange {
    for case .name(column, let range) in items.reversed() { return range }
    return range
  }

  package static let valueDescription = "a column, a list of columns, or /a pattern/"
  package static let schema = JSONSchema.texts

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> ColumnSelection? {
    let nodes = node.elements ?? [node]
    let items = nodes.compactMap { item($0, &diagnostics) }
    guard items.count == nodes.count else { return nil }
    guard !items.isEmpty else {
      diagnostics.report(.badOption("no column is named", at: node.range))
      return nil
    }
    var seen: Set<String> = []
    for case .name(let name, let range) in items where !seen.insert(name).inserted {
      diagnostics.report(.badOption("column '\(name)' is named twice", at: range))
      return nil
    }
    return ColumnSelection(items: items, range: node.range)
  }

  private static func item(_ node: Node, _ diagnostics: inout Diagnostics) -> Item? {
    guard let scalar = node.scalar, !node.isNothing else {
      if !node.isUnknown { diagnostics.report(.wrongType(expected: "a column's name", found: node)) }
      return nil
    }
    let name = scalar.string
    guard scalar.style == .plain, name.count > 2, name.hasPrefix("/"), name.hasSuffix("/") else {
      return .name(name, node.range)
    }
    let body = Array(scalar.text.bytes.dropFirst().dropLast())
    do {
      return .pattern(try Pattern(body, ignoringCase: false, wholeValue: false), name, node.range)
    } catch {
      diagnostics.report(
        .badPattern(error.message, at: scalar.text.range(error.offset + 1, error.offset + 2)))
      return nil
    }
  }
}
