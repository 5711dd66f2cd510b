/// A vehicle identification number of 17 characters with a right check digit.
enum VehicleNumber: NamedForm {
  static let name = "vin"
  static let summary = "a vehicle identification number of 17 characters with a right check digit"
  static let source = "49 CFR 565.15 (the check digit is required in North America); ISO 3779:2009"
  static let example = "1HGCM82633A004352"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count == 17 else { return false }
    var sum = 0
    for place in 0..<17 {
      let byte = text[place]
      if byte.isDigit {
        sum &+= byte.digit &* weights[place]
      } else {
        guard byte.isUpper, values[Int(byte &- 65)] > 0 else { return false }
        sum &+= values[Int(byte &- 65)] &* weights[place]
      }
    }
    let check = sum % 11
    return text[8] == (check == 10 ? UInt8(ascii: "X") : UInt8(truncatingIfNeeded: 48 &+ check))
  }

  private static let weights: ContiguousArray = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  /// Of A to Z; 0 of I, O and Q, which no number has.
  private static let values: ContiguousArray = [
    1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9,
  ]
}
