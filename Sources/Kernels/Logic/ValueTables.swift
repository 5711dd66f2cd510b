import Columns

/// An open-addressing table from 64-bit patterns to positions, at most a quarter full.
struct WordTable: Sendable {
  private let slots: ContiguousArray<Slot>
  private let shift: UInt64

  struct Slot: BitwiseCopyable, Sendable {
    var key: UInt64 = 0
    var index: Int32 = -1
  }

  /// The first of equal keys counts.
  init(_ keys: [(UInt64, Int32)]) {
    let bits = KeyHash.bits(keys.count)
    shift = UInt64(64 - bits)
    var slots = ContiguousArray(repeating: Slot(), count: 1 << bits)
    for (key, index) in keys {
      var at = KeyHash.slot(key, shift)
      while slots[at].index >= 0, slots[at].key != key { at = (at + 1) & (slots.count - 1) }
      if slots[at].index < 0 { slots[at] = Slot(key: key, index: index) }
    }
    self.slots = slots
  }

  /// The table as read by a loop.
  struct Probe {
    let slots: UnsafeBufferPointer<Slot>
    let shift: UInt64

    @inline(__always)
    func index(_ key: UInt64) -> Int32 {
      var at = KeyHash.slot(key, shift)
      while true {
        let slot = slots[at]
        if slot.index < 0 || slot.key == key { return slot.index }
        at = (at &+ 1) & (slots.count &- 1)
      }
    }
  }

  @inline(__always)
  func read(_ body: (Probe) -> Void) {
    slots.withUnsafeBufferPointer { body(Probe(slots: $0, shift: shift)) }
  }
}

/// As ``WordTable`` for texts: first word and length decide for texts of up to eight bytes, the rest is compared after.
struct TextTable: Sendable {
  private let slots: ContiguousArray<Slot>
  /// The texts of more than eight bytes, with eight bytes of slack.
  private let bytes: ContiguousArray<UInt8>
  private let shift: UInt64

  struct Slot: BitwiseCopyable, Sendable {
    var word: UInt64 = 0
    var length: UInt32 = 0
    var index: Int32 = -1
    var offset = 0
  }

  init(_ texts: [([UInt8], Int32)]) {
    let bits = KeyHash.bits(texts.count)
    shift = UInt64(64 - bits)
    var slots = ContiguousArray(repeating: Slot(), count: 1 << bits)
    var bytes: ContiguousArray<UInt8> = []
    for (text, index) in texts where text.count <= UInt32.max {
      var word: UInt64 = 0
      for (place, byte) in text.prefix(8).enumerated() { word |= UInt64(byte) << UInt64(place * 8) }
      let slot = Slot(word: word, length: UInt32(text.count), index: index, offset: bytes.count)
      var at = KeyHash.slot(KeyHash.mixed(word, text.count), shift)
      // Equal texts may fill several slots; the first is found first.
      while slots[at].index >= 0 { at = (at + 1) & (slots.count - 1) }
      slots[at] = slot
      if text.count > 8 { bytes += text }
    }
    bytes += [UInt8](repeating: 0, count: 8)
    self.slots = slots
    self.bytes = bytes
  }

  struct Probe {
    let slots: UnsafeBufferPointer<Slot>
    let bytes: UnsafeRawPointer
    let shift: UInt64

    @inline(__always)
    func index(_ start: UnsafeRawPointer, _ length: Int) -> Int32 {
      var word = start.loadUnaligned(as: UInt64.self)
      if length < 8 { word &= (1 &<< UInt64(length &* 8)) &- 1 }
      var at = KeyHash.slot(KeyHash.mixed(word, length), shift)
      while true {
        let slot = slots[at]
        if slot.index < 0 { return -1 }
        if slot.word == word && Int(slot.length) == length {
          if length <= 8 || TextOrder.haveEqualBytes(start, bytes + slot.offset, length) { return slot.index }
        }
        at = (at &+ 1) & (slots.count &- 1)
      }
    }
  }

  @inline(__always)
  func read(_ body: (Probe) -> Void) {
    slots.withUnsafeBufferPointer { slots in
      bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        body(Probe(slots: slots, bytes: start, shift: shift))
      }
    }
  }
}

/// Decimals to look up at one scale; made for each column, as its scale says what the constants look like.
struct DecimalTable {
  private var words: [Int128: Int32] = [:]

  init(_ values: [(value: Int128, scale: Int, index: Int32)], scale: Int) {
    for (value, from, index) in values {
      guard let key = Self.exactly(value, from: from, to: scale), words[key] == nil else { continue }
      words[key] = index
    }
  }

  func index(_ value: Int128) -> Int32 { words[value] ?? -1 }

  /// Nil when no decimal of scale `to` equals the value.
  private static func exactly(_ value: Int128, from: Int, to: Int) -> Int128? {
    if from <= to {
      let (product, isOver) = value.multipliedReportingOverflow(by: PowersOfTen.signed(to - from))
      return isOver ? nil : product
    }
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: PowersOfTen.signed(from - to))
    return remainder == 0 ? quotient : nil
  }
}

/// Multiplicative hashing (Knuth, TAOCP 6.4): constants are the author's, so nobody can aim at collisions but himself.
enum KeyHash {
  @inline(__always)
  static func slot(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key ^ (key &>> 32)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(__always)
  static func mixed(_ word: UInt64, _ length: Int) -> UInt64 {
    word ^ UInt64(truncatingIfNeeded: length) &* 0xC2B2_AE3D_27D4_EB4F
  }

  /// Bits of a slot number, for at least four slots a key.
  static func bits(_ count: Int) -> Int { max(3, Int.bitWidth - (count * 4).leadingZeroBitCount) }
}
