/// What a text can be read as: the kinds of number it is, and the forms of dates and times it fits.
///
/// Cells of one form are counted together, and the type of a column is chosen from these counts alone.
package struct CellForm: Hashable, Sendable {
  package let bits: UInt64

  package init(bits: UInt64) { self.bits = bits }

  package static let text = CellForm(bits: 0)

  /// One of the words that ``Reading/bools(_:as:in:)`` reads.
  package static let bool = CellForm(bits: 1 << 0)
  /// Digits within 64 bits.
  package static let integer = CellForm(bits: 1 << 1)
  /// Digits with or without a point, at most 38 of them.
  package static let plain = CellForm(bits: 1 << 2)
  /// Anything that a float is read from: exponents, infinities and NaN too.
  package static let number = CellForm(bits: 1 << 3)
  /// A number whose text says more than its value: zeros before other digits, or a plus sign.
  package static let code = CellForm(bits: 1 << 4)
  /// Nothing but white space.
  package static let blank = CellForm(bits: 1 << 5)
  /// Spaces or tabs around a text, which are no part of a value of another type.
  package static let padded = CellForm(bits: 1 << 6)
  /// Blank, with white space other than spaces: null to numbers, and no date.
  package static let tabbed = CellForm(bits: 1 << 7)
  // What the ISO readers of the types read.
  package static let date = CellForm(bits: 1 << 8)
  package static let timestamp = CellForm(bits: 1 << 9)
  package static let timestamptz = CellForm(bits: 1 << 10)
  package static let time = CellForm(bits: 1 << 11)

  /// The digits after the point without zeros at the end, of a ``plain`` number with at most nine; else nil.
  package var places: Int? {
    let places = Int(truncatingIfNeeded: bits >> 12 & 0xF)
    return contains(.plain) && places <= Self.mostPlaces ? places : nil
  }

  /// Numbers with more digits after the point are counted together.
  package static let mostPlaces = 9

  static func places(_ count: Int) -> CellForm {
    CellForm(bits: UInt64(truncatingIfNeeded: min(count, mostPlaces + 1)) << 12)
  }

  package func contains(_ other: CellForm) -> Bool { bits & other.bits == other.bits }

  static func | (a: CellForm, b: CellForm) -> CellForm { CellForm(bits: a.bits | b.bits) }

  /// The group of ``TemporalForms`` whose formats were tried; nil where there is none for texts of this shape.
  package var group: Int? {
    let number = Int(truncatingIfNeeded: bits >> 16 & 0xFFFF)
    return number == 0 ? nil : number - 1
  }

  /// Whether the text fits a format of its group.
  package func fits(_ index: Int) -> Bool { bits >> UInt64(32 + (index & 31)) & 1 == 1 }

  /// The formats that the text fits.
  package var formats: [FormatPlace] {
    guard let group else { return [] }
    return TemporalForms.groups[group].formats.indices.filter { fits($0) }.map { FormatPlace(group: group, index: $0) }
  }

  static func formats(_ fitting: UInt64, of group: Int) -> CellForm {
    CellForm(bits: UInt64(truncatingIfNeeded: group + 1) << 16 | fitting << 32)
  }
}

/// A format by its place in ``TemporalForms``.
package struct FormatPlace: Hashable, Comparable, Sendable {
  package let group: Int
  package let index: Int

  package init(group: Int, index: Int) {
    self.group = group
    self.index = index
  }

  package var format: KnownFormat { TemporalForms.groups[group].formats[index] }

  package static func < (a: FormatPlace, b: FormatPlace) -> Bool { (a.group, a.index) < (b.group, b.index) }
}
