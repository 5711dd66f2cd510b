import Documents

/// Every slip of YAML that is recognised, in a document of one line.
let slipCases: [SlipCase] = [
  SlipCase(
    #"columns: {x: decimal(6, 2)}"#, .type, meant: #"decimal(6, 2)"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: inside {} and [] YAML splits a value at its comma
        1 | columns: {x: decimal(6, 2)}
          |              ^^^^^^^^^^^^^
          help: write: columns: {x: "decimal(6, 2)"}
    """#),
  SlipCase(
    #"  - set: {y: 1, x: lead(é, 1)}"#, .expression, meant: #"lead(é, 1)"#,
    #"""
    r.yaml:1:20: error[yaml-slip]: inside {} and [] YAML splits a value at its comma
        1 |   - set: {y: 1, x: lead(é, 1)}
          |                    ^^^^^^^^^^
          help: write: - set: {y: 1, x: "lead(é, 1)"}
    """#),
  SlipCase(
    #"  - select: [a, decimal(6, 2)]"#, .type, meant: nil,
    #"""
    r.yaml:1:17: error[yaml-slip]: inside {} and [] YAML splits a value at its comma
        1 |   - select: [a, decimal(6, 2)]
          |                 ^^^^^^^^^^^^^
          help: write: - select: [a, "decimal(6, 2)"]
    """#),
  SlipCase(
    #"  - filter: 'absent' = status"#, .expression, meant: #"'absent' = status"#,
    #"""
    r.yaml:1:13: error[yaml-slip]: YAML takes the first quote for its own, and ends the value at the second
        1 |   - filter: 'absent' = status
          |             ^^^^^^^^^^^^^^^^^
          help: write: - filter: "'absent' = status"
    """#),
  SlipCase(
    #"  - filter: "odd name" > 3 # why"#, .expression, meant: #""odd name" > 3"#,
    #"""
    r.yaml:1:13: error[yaml-slip]: YAML takes the first quote for its own, and ends the value at the second
        1 |   - filter: "odd name" > 3 # why
          |             ^^^^^^^^^^^^^^
          help: write: - filter: '"odd name" > 3' # why
    """#),
  SlipCase(
    #"  - set: {x: 'a' || b}"#, .expression, meant: #"'a' || b"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: YAML takes the first quote for its own, and ends the value at the second
        1 |   - set: {x: 'a' || b}
          |              ^^^^^^^^
          help: write: - set: {x: "'a' || b"}
    """#),
  SlipCase(
    #"      e: 'a': b"#, .expression, meant: nil,
    #"""
    r.yaml:1:10: error[yaml-slip]: YAML takes this for a second key, and one line of a mapping has one
        1 |       e: 'a': b
          |          ^^^^^^
          help: write: e: {'a': b}
    """#),
  SlipCase(
    #"  - set: {x: coalesce(a, 'none')}"#, .expression, meant: #"coalesce(a, 'none')"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: inside {} and [] YAML splits a value at its comma
        1 |   - set: {x: coalesce(a, 'none')}
          |              ^^^^^^^^^^^^^^^^^^^
          help: write: - set: {x: "coalesce(a, 'none')"}
    """#),
  SlipCase(
    #"  - filter: `odd name` > 3"#, .expression, meant: #"`odd name` > 3"#,
    #"""
    r.yaml:1:13: error[yaml-slip]: no YAML value can begin with '`'
        1 |   - filter: `odd name` > 3
          |             ^^^^^^^^^^^^^^
          help: write: - filter: "`odd name` > 3"
    """#),
  SlipCase(
    #"format: %Y-%m-%d"#, .format, meant: #"%Y-%m-%d"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: no YAML value can begin with '%'
        1 | format: %Y-%m-%d
          |         ^^^^^^^^
          help: write: format: "%Y-%m-%d"
    """#),
  SlipCase(
    #"  - d: {x: %Y}"#, .format, meant: #"%Y"#,
    #"""
    r.yaml:1:12: error[yaml-slip]: no YAML value can begin with '%'
        1 |   - d: {x: %Y}
          |            ^^
          help: write: - d: {x: "%Y"}
    """#),
  SlipCase(
    #"path: *.csv"#, .path, meant: #"*.csv"#,
    #"""
    r.yaml:1:7: error[yaml-slip]: YAML takes the '*' for an alias
        1 | path: *.csv
          |       ^^^^^
          help: write: path: "*.csv"
    """#),
  SlipCase(
    #"path: *abc"#, .path, meant: #"*abc"#,
    #"""
    r.yaml:1:7: error[unknown-anchor]: no '&abc' stands before this '*abc'
        1 | path: *abc
          |       ^^^^
          help: for a text, write: path: "*abc"
    """#),
  SlipCase(
    #"filter: > 5"#, .expression, meant: #"> 5"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: YAML takes the '>' for the start of a text block
        1 | filter: > 5
          |         ^^^
          help: write: filter: "> 5"
    """#),
  SlipCase(
    #"filter: >5"#, .expression, meant: #">5"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: YAML takes the '>' for the start of a text block
        1 | filter: >5
          |         ^^
          help: write: filter: ">5"
    """#),
  SlipCase(
    #"filter: >= 5"#, .expression, meant: #">= 5"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: YAML takes the '>' for the start of a text block
        1 | filter: >= 5
          |         ^^^^
          help: write: filter: ">= 5"
    """#),
  SlipCase(
    #"pattern: [A-Z]{3}[0-9]{3}"#, .pattern, meant: #"[A-Z]{3}[0-9]{3}"#,
    #"""
    r.yaml:1:10: error[yaml-slip]: YAML takes the '[' for the start of a list
        1 | pattern: [A-Z]{3}[0-9]{3}
          |          ^^^^^^^^^^^^^^^^
          help: write: pattern: "[A-Z]{3}[0-9]{3}"
    """#),
  SlipCase(
    #"pattern: [A-Z]"#, .pattern, meant: #"[A-Z]"#,
    #"""
    r.yaml:1:10: error[yaml-slip]: YAML takes the '[' for the start of a list
        1 | pattern: [A-Z]
          |          ^^^^^
          help: write: pattern: "[A-Z]"
    """#),
  SlipCase(
    #"  - matches: {column: c, x: [A-Z]{3}}"#, .pattern, meant: #"[A-Z]{3}"#,
    #"""
    r.yaml:1:29: error[yaml-slip]: YAML takes the '[' for the start of a list
        1 |   - matches: {column: c, x: [A-Z]{3}}
          |                             ^^^^^^^^
          help: write: - matches: {column: c, x: "[A-Z]{3}"}
    """#),
  SlipCase(
    #"path: {name}/x.csv"#, .path, meant: #"{name}/x.csv"#,
    #"""
    r.yaml:1:7: error[yaml-slip]: YAML takes the '{' for the start of a mapping
        1 | path: {name}/x.csv
          |       ^^^^^^^^^^^^
          help: write: path: "{name}/x.csv"
    """#),
  SlipCase(
    #"pattern: {3}"#, .pattern, meant: #"{3}"#,
    #"""
    r.yaml:1:10: error[yaml-slip]: YAML takes the '{' for the start of a mapping
        1 | pattern: {3}
          |          ^^^
          help: write: pattern: "{3}"
    """#),
  SlipCase(
    #"  - filter: x = 'a: b'"#, .expression, meant: #"x = 'a: b'"#,
    #"""
    r.yaml:1:13: error[yaml-slip]: YAML takes the ': ' for the end of a key
        1 |   - filter: x = 'a: b'
          |             ^^^^^^^^^^
          help: write: - filter: "x = 'a: b'"
    """#),
  SlipCase(
    #"  - set: {x: y = 'a: b'}"#, .expression, meant: #"y = 'a: b'"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: YAML takes the ': ' for the end of a key
        1 |   - set: {x: y = 'a: b'}
          |              ^^^^^^^^^^
          help: write: - set: {x: "y = 'a: b'"}
    """#),
  SlipCase(
    #"  - filter: code = 'A #1'"#, .expression, meant: #"code = 'A #1'"#,
    #"""
    r.yaml:1:13: error[yaml-slip]: YAML takes the ' #' for the start of a comment
        1 |   - filter: code = 'A #1'
          |             ^^^^^^^^^^^^^
          help: write: - filter: "code = 'A #1'"
    """#),
  SlipCase(
    #"  - set: {x: code = 'A #1'}"#, .expression, meant: #"code = 'A #1'"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: YAML takes the ' #' for the start of a comment
        1 |   - set: {x: code = 'A #1'}
          |              ^^^^^^^^^^^^^
          help: write: - set: {x: "code = 'A #1'"}
    """#),
  SlipCase(
    #"pattern: "\d{3}""#, .pattern, meant: #"\d{3}"#,
    #"""
    r.yaml:1:10: error[yaml-slip]: in double quotes YAML takes '\d' for an escape, and knows none such
        1 | pattern: "\d{3}"
          |          ^^^^^^^
          help: write: pattern: '\d{3}'
    """#),
  SlipCase(
    #"  - matches: {column: é, x: "\d"}"#, .pattern, meant: #"\d"#,
    #"""
    r.yaml:1:29: error[yaml-slip]: in double quotes YAML takes '\d' for an escape, and knows none such
        1 |   - matches: {column: é, x: "\d"}
          |                             ^^^^
          help: write: - matches: {column: é, x: '\d'}
    """#),
  SlipCase(
    #"pattern: "\bfoo""#, .pattern, meant: #"\bfoo"#,
    #"""
    r.yaml:1:10: error[yaml-slip]: in double quotes YAML makes one character of '\b'
        1 | pattern: "\bfoo"
          |          ^^^^^^^
          help: write: pattern: '\bfoo'
    """#),
  SlipCase(
    #"input: {x: ${term}/x.csv}"#, .path, meant: #"${term}/x.csv"#,
    #"""
    r.yaml:1:12: error[yaml-slip]: inside {} and [] YAML takes a '{' for its own
        1 | input: {x: ${term}/x.csv}
          |            ^^^^^^^^^^^^^
          help: write: input: {x: "${term}/x.csv"}
    """#),
  SlipCase(
    #"  - trim: {x: /[ab]/}"#, .pattern, meant: #"/[ab]/"#,
    #"""
    r.yaml:1:15: error[yaml-slip]: inside {} and [] YAML takes a '[' for its own
        1 |   - trim: {x: /[ab]/}
          |               ^^^^^^
          help: write: - trim: {x: "/[ab]/"}
    """#),
  SlipCase(
    #"  - set: {x: 'present'}"#, .expression, meant: #"'present'"#,
    #"""
    r.yaml:1:14: error[quoted-name]: the quotes are YAML's, so that this is the column 'present' and no text
        1 |   - set: {x: 'present'}
          |              ^^^^^^^^^
          help: for the text, write: - set: {x: "'present'"}
                for the column, write: - set: {x: present}
    """#),
  SlipCase(
    #"  - set: {x: "present"}"#, .expression, meant: #"'present'"#,
    #"""
    r.yaml:1:14: error[quoted-name]: the quotes are YAML's, so that this is the column 'present' and no text
        1 |   - set: {x: "present"}
          |              ^^^^^^^^^
          help: for the text, write: - set: {x: "'present'"}
                for the column, write: - set: {x: present}
    """#),
  SlipCase(
    #"filter: @x"#, .expression, meant: #"@x"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: no YAML value can begin with '@'
        1 | filter: @x
          |         ^^
          help: write: filter: "@x"
    """#),
  SlipCase(
    #"filter: !x"#, .expression, meant: #"!x"#,
    #"""
    r.yaml:1:9: error[unknown-tag]: '!x' is no tag that is known here
        1 | filter: !x
          |         ^^
          help: for a text, write: filter: "!x"
    """#),
  SlipCase(
    #"filter: %x = 'it''s' # ok"#, .expression, meant: #"%x = 'it''s'"#,
    #"""
    r.yaml:1:9: error[yaml-slip]: no YAML value can begin with '%'
        1 | filter: %x = 'it''s' # ok
          |         ^^^^^^^^^^^^
          help: write: filter: "%x = 'it''s'" # ok
    """#),
  SlipCase(
    #"  - set: {y: 'a' || b, x: 'c' || d}"#, .expression, meant: #"'c' || d"#,
    #"""
    r.yaml:1:14: error[yaml-slip]: YAML takes the first quote for its own, and ends the value at the second
        1 |   - set: {y: 'a' || b, x: 'c' || d}
          |              ^^^^^^^^
          help: write: - set: {y: "'a' || b", x: "'c' || d"}
    """#),
]
