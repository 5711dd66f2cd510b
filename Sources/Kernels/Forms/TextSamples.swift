import Glibc

/// The first different texts of many, with their numbers as long as there are few.
package struct TextSamples: Sendable {
  package struct Sample: Sendable {
    /// The first bytes of the text.
    package let bytes: [UInt8]
    let length: Int
    package fileprivate(set) var count: Int
    /// Where it stands first in the input.
    package fileprivate(set) var ordinal: Int
  }

  /// By where they are first.
  package private(set) var samples: [Sample] = []
  /// True where there are more texts than are kept: the samples' counts then mean nothing.
  package private(set) var isClosed = false

  /// The bytes that are kept of a text.
  static func kept(_ start: UnsafeRawPointer, _ length: Int) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: start, count: min(length, FormTally.sampleLength)))
  }

  /// Texts that share their length and their first bytes are taken for one.
  mutating func add(_ start: UnsafeRawPointer, _ length: Int, ordinal: Int) {
    let kept = min(length, FormTally.sampleLength)
    for index in samples.indices where samples[index].length == length {
      if samples[index].bytes.withUnsafeBytes({ $0.baseAddress.map { memcmp($0, start, kept) == 0 } ?? true }) {
        samples[index].count &+= 1
        return
      }
    }
    guard samples.count < FormTally.sampleLimit else {
      isClosed = true
      return
    }
    samples.append(Sample(bytes: Self.kept(start, length), length: length, count: 1, ordinal: ordinal))
  }

  mutating func merge(_ other: TextSamples) {
    isClosed = isClosed || other.isClosed
    for sample in other.samples {
      if let place = samples.firstIndex(where: { $0.length == sample.length && $0.bytes == sample.bytes }) {
        samples[place].count += sample.count
        samples[place].ordinal = min(samples[place].ordinal, sample.ordinal)
      } else {
        samples.append(sample)
      }
    }
    samples.sort { $0.ordinal < $1.ordinal }
    if samples.count > FormTally.sampleLimit {
      samples.removeLast(samples.count - FormTally.sampleLimit)
      isClosed = true
    }
  }
}
