import Diagnostics

/// Rows of cells under one another, for a terminal of 80 columns.
struct Table {
  enum Alignment { case left, right }
  enum Style { case plain, bold, faint, good, wary, bad }

  struct Cell {
    let text: String
    let style: Style

    init(_ text: String, _ style: Style = .plain) {
      self.text = printable(text)
      self.style = style
    }
  }

  struct Column {
    let alignment: Alignment
    /// Cut where the page is too narrow for all; of paths the end is kept.
    let yields: Bool
    let keepsEnd: Bool

    static let left = Column(alignment: .left, yields: false, keepsEnd: false)
    static let right = Column(alignment: .right, yields: false, keepsEnd: false)
    static let name = Column(alignment: .left, yields: true, keepsEnd: false)
    static let place = Column(alignment: .left, yields: true, keepsEnd: true)
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  init(_ columns: Column...) { self.columns = columns }

  mutating func add(_ cells: Cell...) { rows.append(cells) }

  /// The rows as lines, indented by two, two spaces between cells.
  func lines(_ paint: Paint) -> [String] {
    let widths = fittedWidths()
    return rows.map { row in
      var line = " "
      var pending = 1
      for (index, cell) in row.enumerated() where index < columns.count {
        let column = columns[index]
        let text = column.yields ? cut(cell.text, to: widths[index], keepsEnd: column.keepsEnd) : cell.text
        let room = widths[index] - displayWidth(text)
        guard !text.isEmpty else {
          pending += widths[index] + 2
          continue
        }
        line += spaces(pending + (column.alignment == .right ? room : 0)) + cell.style.apply(text, paint)
        pending = 2 + (column.alignment == .right ? 0 : room)
      }
      return line
    }
  }

  /// The widths that the cells need; where that is more than the page has, the columns that yield share what is left.
  private func fittedWidths() -> [Int] {
    var widths = columns.indices.map { index in
      rows.compactMap { index < $0.count ? displayWidth($0[index].text) : nil }.max() ?? 0
    }
    var excess = 2 + widths.reduce(0, +) + 2 * (widths.filter { $0 > 0 }.count - 1) - pageWidth
    let least = 12
    while excess > 0 {
      let yielding = columns.indices.filter { columns[$0].yields && widths[$0] > least }
      guard let widest = yielding.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}

extension Table.Style {
  func apply(_ text: String, _ paint: Paint) -> String {
    switch self {
    case .plain: text
    case .bold: paint.bold(text)
    case .faint: paint.faint(text)
    case .good: paint.good(text)
    case .wary: paint.wary(text)
    case .bad: paint.bad(text)
    }
  }
}
