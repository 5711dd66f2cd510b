import Glibc
import Testing

@testable import Storage

@Suite("Journals and notes as text")
struct JournalTests {
  static let home = Place(folder: "/data/out", name: "rows.csv")
  static let odd = [
    "rows.csv", "a b%.csv", "line\nend.csv", "é 漢字 \u{7F}", "%20", "+", "-", String(repeating: "n", count: 255),
  ]

  static var journal: Journal {
    Journal(
      home: home, process: 4711, run: 0xfeed_beef,
      moves: odd.enumerated().map { index, name in
        Journal.Move(
          place: Place(folder: index % 2 == 0 ? "/data/out" : "/other place", name: name),
          suffix: index == 3 ? ".rejected" : "", size: index * 1_000_003, inode: UInt64.max - UInt64(index),
          old: [.none, .kept, .lost][index % 3])
      })
  }

  @Test("A journal is read as it was written")
  func roundTrip() throws { #expect(Journal(Self.journal.text, home: Self.home) == Self.journal) }

  @Test("A journal written in part is none, wherever it ends")
  func torn() {
    let bytes = Array(Self.journal.text.utf8)
    for end in bytes.indices {
      #expect(Journal(String(decoding: bytes[..<end], as: UTF8.self), home: Self.home) == nil)
      // A file whose size came to the disk before its bytes.
      let zeros = bytes[..<end] + Array(repeating: 0, count: bytes.count - end)
      #expect(Journal(String(decoding: zeros, as: UTF8.self), home: Self.home) == nil)
    }
  }

  @Test("A journal with a changed byte is none")
  func changed() {
    let bytes = Array(Self.journal.text.utf8)
    for position in bytes.indices {
      var bytes = bytes
      bytes[position] ^= 1
      #expect(Journal(String(decoding: bytes, as: UTF8.self), home: Self.home) == nil)
    }
  }

  @Test("A folder may be moved with its journal: what lies in it is named without it")
  func movedFolder() throws {
    let journal = Journal(
      home: Self.home, process: 1, run: 2,
      moves: [
        Journal.Move(place: Self.home, suffix: "", size: 1, inode: 1, old: .none)
      ])
    let elsewhere = Place(folder: "/mnt", name: "rows.csv")
    #expect(Journal(journal.text, home: elsewhere)?.moves.map(\.target) == ["/mnt/rows.csv"])
  }

  @Test(
    "A reference that names no file in a folder is refused",
    arguments: ["", "..", ".", "/", "/data/..", "a/b", "%", "%0", "%zz", "a%00b"])
  func references(word: String) { #expect(Place(word[...], from: "/data") == nil) }

  @Test("Words of a line are read as they were written", arguments: odd)
  func words(path: String) {
    let word = escaped(path)
    #expect(!word.contains { $0.isWhitespace || $0.isNewline })
    #expect(unescaped(word[...]) == path)
  }

  @Test("Files beside a place have names that a folder can hold, each its own")
  func sideFiles() {
    var names: Set<String> = []
    let places = [1, 200, 240, 241, 242, 255].flatMap { count in
      ["n", "é", "🎓"].map { Place(folder: "/data", name: String(repeating: $0, count: count / $0.utf8.count)) }
    }.filter { !$0.name.isEmpty }
    for place in places {
      for file in Place.SideFile.allCases {
        let path = place.beside(file)
        #expect(path.hasPrefix("/data/."))
        #expect(path.utf8.count - 6 <= Int(NAME_MAX))
        names.insert(path)
      }
    }
    #expect(names.count == Set(places).count * Place.SideFile.allCases.count)
  }
}
