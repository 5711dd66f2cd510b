import Columns
import Diagnostics
import Documents

/// All that a run says of itself. How it is shown is apart.
package struct RunReport: Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case passed, warned, failed, stopped, interrupted, error
  }

  package struct Document: Sendable {
    package let name: String
    package let file: String
    package let fingerprint: String

    package init(name: String, file: String, fingerprint: String) {
      self.name = name
      self.file = file
      self.fingerprint = fingerprint
    }
  }

  package struct Input: Sendable {
    package let path: String
    package let bytes: Int
    package let rows: Int
    /// Microseconds since the epoch.
    package let modified: Int64
    package var sha256: String?

    package init(path: String, bytes: Int, rows: Int, modified: Int64) {
      self.path = path
      self.bytes = bytes
      self.rows = rows
      self.modified = modified
    }
  }

  /// What was read of a further input.
  package struct FurtherInput: Sendable {
    package let name: String
    package var files: [Input]
    /// Rows that could not be used.
    package let refused: Int

    package init(name: String, files: [Input], refused: Int) {
      self.name = name
      self.files = files
      self.refused = refused
    }
  }

  package struct Step: Sendable {
    package let index: Int
    package let name: String
    package let line: Int?
    package let counts: StepCounts

    package init(index: Int, name: String, line: Int?, counts: StepCounts) {
      self.index = index
      self.name = name
      self.line = line
      self.counts = counts
    }
  }

  package struct Place: Sendable {
    package let file: String
    package let record: Int
    package let line: Int

    package init(file: String, record: Int, line: Int) {
      self.file = file
      self.record = record
      self.line = line
    }
  }

  package struct RuleResult: Sendable {
    package let info: RuleInfo
    package let status: RuleStatus
    package let counts: RuleCounts
    /// What a dataset rule measured, exact, as a number or a share.
    package let observed: String?
    package let bounds: String?
    package let samples: [Place]

    package init(
      info: RuleInfo, status: RuleStatus, counts: RuleCounts, observed: String?, bounds: String?, samples: [Place]
    ) {
      self.info = info
      self.status = status
      self.counts = counts
      self.observed = observed
      self.bounds = bounds
      self.samples = samples
    }
  }

  package struct Reason: Sendable {
    package let code: String
    package let rule: String?
    package let column: String?
    package let rows: Int
    package let firstLine: Int
    package let firstFile: String

    package init(code: String, rule: String?, column: String?, rows: Int, firstLine: Int, firstFile: String) {
      self.code = code
      self.rule = rule
      self.column = column
      self.rows = rows
      self.firstLine = firstLine
      self.firstFile = firstFile
    }
  }

  package struct Condition: Sendable {
    /// `rows`, `quarantined` or `rules`.
    package let name: String
    package let bounds: String
    package let observed: String
    package let holds: Bool

    package init(name: String, bounds: String, observed: String, holds: Bool) {
      self.name = name
      self.bounds = bounds
      self.observed = observed
      self.holds = holds
    }
  }

  package struct Output: Sendable {
    package let path: String
    package let rows: Int
    package let bytes: Int
    package let schema: Schema
    package var sha256: String?

    package init(path: String, rows: Int, bytes: Int, schema: Schema) {
      self.path = path
      self.rows = rows
      self.bytes = bytes
      self.schema = schema
    }
  }

  package var run = ""
  package var status = Status.error
  package var published = false
  package var recipe = Document(name: "", file: "", fingerprint: "")
  package var engine = ""
  /// Microseconds since the epoch.
  package var asOf: Int64 = 0
  package var parameters: [(name: String, value: String)] = []
  package var started: Int64 = 0
  package var finished: Int64 = 0
  package var threads = 0
  /// The most memory the process has held, in bytes.
  package var peakMemory = 0
  /// Bytes that did not fit in the memory granted and went to temporary files.
  package var bytesSpilled = 0
  package var inputs: [Input] = []
  /// Those that were read, to their end.
  package var furtherInputs: [FurtherInput] = []
  package var ledger = Ledger()
  package var steps: [Step] = []
  package var rules: [RuleResult] = []
  package var reasons: [Reason] = []
  package var conditions: [Condition] = []
  package var outputs: [Output] = []
  package var quarantine: Output?
  package var diagnostics = Diagnostics()
  /// What went wrong while it ran, in words; nil where nothing did.
  package var problem: String?
  package var mode = RunMode.apply
  /// Whoever read the rows from standard output went away before the end.
  package var lostReader = false

  package init() {}

  package var gateHolds: Bool { conditions.allSatisfy(\.holds) }

  /// The exit status of the command.
  package var exit: Int32 {
    switch status {
    case .passed, .warned: 0
    case .failed, .stopped: 1
    case .error: 3
    case .interrupted: 130
    }
  }
}
