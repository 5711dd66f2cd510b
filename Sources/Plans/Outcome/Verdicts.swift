import Columns
import Documents
import Kernels
import Measures

/// How the counts of a run become verdicts.
extension BoundPlan {
  /// The verdict of every rule, in their order.
  package func verdicts(
    _ rows: [RuleCounts], _ measured: [MeasuredValue], samples: (RuleInfo) -> [RunReport.Place]
  ) -> [RunReport.RuleResult] {
    var results = zip(program.rowRules, rows).map { rule, counts in
      RunReport.RuleResult(
        info: rule.info, status: rule.info.status(counts, mode: mode), counts: counts, observed: nil, bounds: nil,
        samples: samples(rule.info))
    }
    for (rule, value) in zip(program.datasetRules, measured) { results.append(rule.verdict(value)) }
    return results.sorted { $0.info.id < $1.info.id }
  }

  /// The gate's conditions, and whether each holds. Without a gate only the rules are asked.
  package func conditions(_ ledger: Ledger, _ rules: [RunReport.RuleResult]) -> [RunReport.Condition] {
    var conditions = gates.flatMap(\.conditions).map { condition in
      let isRows = condition.figure == .rows
      let count = isRows ? ledger.accepted : ledger.quarantined
      let observed = condition.bounds.isShare ? share(count, of: ledger.read) : "\(count)"
      return RunReport.Condition(
        name: condition.figure.rawValue, bounds: "\(condition.bounds)", observed: observed,
        holds: condition.bounds.admits(count: count, of: ledger.read))
    }
    let failed = rules.filter { $0.info.severity == .error && $0.holdsBack }
    conditions.append(
      RunReport.Condition(
        name: "rules", bounds: "no rule fails",
        observed: failed.isEmpty ? "none" : failed.map(\.info.name).joined(separator: ", "),
        holds: failed.isEmpty))
    return conditions
  }
}

extension RunReport.RuleResult {
  /// Whether a rule of severity `error` with this verdict fails the gate.
  fileprivate var holdsBack: Bool {
    switch status {
    case .fail, .error: true
    case .vacuous: info.vacuousFails
    case .pass, .warn: false
    }
  }
}

extension DatasetRule {
  func verdict(_ value: MeasuredValue) -> RunReport.RuleResult {
    var counts = RuleCounts()
    let holds: Bool
    let observed: String
    switch value {
    case .count(let count):
      counts.evaluated = count
      holds = bounds.admits(count: count, of: count)
      observed = "\(count)"
    case .part(let part, let total):
      counts.evaluated = total
      holds = bounds.admits(count: part, of: total)
      observed = bounds.isShare ? share(part, of: total) : "\(part)"
    case .value(let value):
      holds = bounds.admits(value)
      observed = value.canonicalText
    case .share(let part, let total):
      counts.evaluated = total
      counts.nulls = total - part
      holds = bounds.admits(count: part, of: total)
      observed = share(part, of: total)
    }
    let status: RuleStatus = value.isEmpty ? .vacuous : holds ? .pass : info.severity == .error ? .fail : .warn
    return RunReport.RuleResult(
      info: info, status: status, counts: counts, observed: observed, bounds: "\(bounds)", samples: [])
  }
}

/// `count` of `total` as people read it: `2.84%`, rounded to hundredths, never to a bound it does not reach.
package func share(_ count: Int, of total: Int) -> String {
  guard total > 0 else { return "0%" }
  let (units, rest) = (Int128(count) * 10_000).quotientAndRemainder(dividingBy: Int128(total))
  var hundredths = Int(units) + (rest * 2 >= Int128(total) ? 1 : 0)
  if count > 0, hundredths == 0 { return "<0.01%" }
  if count < total, hundredths == 10_000 { hundredths = 9_999 }
  let fraction = hundredths % 100
  return fraction == 0 ? "\(hundredths / 100)%" : "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)%"
}

extension Bounds {
  /// Whether a measured value keeps the bounds; null keeps none.
  fileprivate func admits(_ value: Constant) -> Bool {
    switch value.value {
    case .integer(let number): admits(count: Int(number), of: 0)
    case .float(let bits): admits(Double(bitPattern: bits))
    case .decimal(let unscaled):
      if case .decimal(_, let scale) = value.type { admits(Double(unscaled) / power(10, scale)) } else { false }
    case .null, .bool, .text: false
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { result, _ in result * base }
  }
}
