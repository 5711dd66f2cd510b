import Diagnostics
import Testing

/// Texts and what Python's `json.dumps(text, ensure_ascii=False)` makes of them.
private let strings: [(String, String)] = [
  ("plain", "\u{22}plain\u{22}"),
  ("q\u{22}b\u{5C}s/", "\u{22}q\u{5C}\u{22}b\u{5C}\u{5C}s/\u{22}"),
  ("\u{A}\u{D}\u{9}\u{8}\u{C}", "\u{22}\u{5C}n\u{5C}r\u{5C}t\u{5C}b\u{5C}f\u{22}"),
  ("\u{0}\u{1F}\u{7F}", "\u{22}\u{5C}u0000\u{5C}u001f\u{7F}\u{22}"),
  ("\u{E9} \u{20AC}\u{1F600}", "\u{22}\u{E9} \u{20AC}\u{1F600}\u{22}"),
  ("\u{2028}\u{2029}", "\u{22}\u{2028}\u{2029}\u{22}"),
]

@Test(arguments: strings)
func jsonString(text: String, written: String) {
  #expect(JSON.string(text).text() == written)
}

private let report: JSON = ["a": [1, true, nil, ["b": -5]], "c": .object([]), "d": [], "e": "x"]

@Test func jsonCompact() {
  // json.dumps(report, separators=(",", ":"))
  #expect(report.text() == #"{"a":[1,true,null,{"b":-5}],"c":{},"d":[],"e":"x"}"#)
}

@Test func jsonIndented() {
  // json.dumps(report, indent=2)
  let expected = #"""
    {
      "a": [
        1,
        true,
        null,
        {
          "b": -5
        }
      ],
      "c": {},
      "d": [],
      "e": "x"
    }
    """#
  #expect(report.text(indented: true) == expected)
}

@Test func jsonNumbersAndBytes() {
  let value: JSON = [
    .number("12.50"), .double(0.1), .double(.nan), .double(-.infinity), .text([0x61, 0xFF, 0x62]), .optional(Int?.none),
  ]
  #expect(value.text() == "[12.50,0.1,null,null,\"a\u{FFFD}b\",null]")
}
