// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A room of the house: a target may use only the targets named before it (see docs/architecture.md).
func room(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

let package = Package(
  name: "brew",
  products: [
    .executable(name: "brew", targets: ["brew"]),
    .library(name: "Databrew", targets: ["Databrew"]),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CScan"),
    .target(name: "CUnicode"),
    .target(name: "CNumbers"),
    room("Diagnostics"),
    room("Columns"),
    room("Kernels", uses: ["Columns", "CPCRE2", "CCrypto", "CUnicode", "CNumbers"]),
    room("Storage", uses: ["Columns"]),
    room("Spill", uses: ["Kernels", "Columns", "Storage"]),
    room("Measures", uses: ["Kernels", "Columns"]),
    room("Documents", uses: ["CYAML", "Diagnostics"]),
    room("Expressions", uses: ["Measures", "Kernels", "Columns", "Diagnostics"]),
    room("Inference", uses: ["Kernels", "Columns", "Diagnostics"]),
    room(
      "Formats",
      uses: ["Spill", "Kernels", "Columns", "Storage", "CScan", "CZlib", "CZstd", "Documents", "Diagnostics"]),
    room("Plans", uses: ["Documents", "Expressions", "Measures", "Kernels", "Columns", "Diagnostics"]),
    room("Steps", uses: ["Plans", "Documents", "Expressions", "Measures", "Kernels", "Columns", "Diagnostics"]),
    room("Rules", uses: ["Plans", "Documents", "Expressions", "Measures", "Kernels", "Columns", "Diagnostics"]),
    room(
      "Engine",
      uses: ["Plans", "Expressions", "Measures", "Spill", "Formats", "Storage", "Kernels", "Columns", "Diagnostics"]),
    room(
      "Reports",
      uses: ["Plans", "Inference", "Formats", "Documents", "Expressions", "Kernels", "Columns", "Diagnostics"]),
    .target(
      name: "Databrew",
      dependencies: [
        "Engine", "Steps", "Rules", "Reports", "Plans", "Inference", "Spill", "Storage", "Formats", "Expressions",
        "Documents", "Kernels", "Columns", "Diagnostics",
      ],
      swiftSettings: swift, plugins: ["EmbedReference"]),
    room("Cases"),
    .executableTarget(name: "embed-reference", dependencies: ["Cases"], swiftSettings: swift),
    .plugin(name: "EmbedReference", capability: .buildTool, dependencies: ["embed-reference"]),
    room("Arguments", uses: ["Diagnostics"]),
    .executableTarget(
      name: "brew",
      dependencies: ["Arguments", "Databrew", "Engine", "Formats", "Inference", "Reports", "Plans", "Diagnostics"],
      swiftSettings: swift),
    .testTarget(name: "MeasuresTests", dependencies: ["Measures", "Kernels", "Columns"], swiftSettings: swift),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "Columns"], swiftSettings: swift),
    .testTarget(name: "SpillTests", dependencies: ["Spill", "Kernels", "Columns", "Storage"], swiftSettings: swift),
    .testTarget(name: "StorageTests", dependencies: ["Storage"], swiftSettings: swift),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "Spill", "Storage", "Columns", "CScan"], swiftSettings: swift),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: swift),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Diagnostics"], swiftSettings: swift),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions", "Measures", "Kernels", "Columns", "Diagnostics"],
      exclude: ["Fixtures"], swiftSettings: swift),
    .target(
      name: "Trials", dependencies: ["Databrew", "Engine", "Formats", "Plans", "Diagnostics"], path: "Tests/Trials",
      swiftSettings: swift),
    .testTarget(
      name: "CatalogueTests",
      dependencies: [
        "Trials", "Cases", "Databrew", "Reports", "Engine", "Formats", "Plans", "Expressions", "Documents",
      ],
      exclude: ["Fixtures"], swiftSettings: swift),
    .testTarget(
      name: "EngineTests", dependencies: ["Trials", "Databrew", "Engine", "Formats", "Plans", "Reports", "Storage"],
      swiftSettings: swift),
    .testTarget(
      name: "PlansTests",
      dependencies: [
        "Trials", "Databrew", "Steps", "Rules", "Plans", "Expressions", "Kernels", "Columns", "Diagnostics",
      ],
      swiftSettings: swift),
    .testTarget(name: "BrewTests", dependencies: ["brew", "Trials", "Reports"], swiftSettings: swift),
    .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"], exclude: ["Fixtures"], swiftSettings: swift),
  ]
)

// Everything is compiled with libFuzzer then, and nothing else that is linked would run: see Tests/fuzz/run.
if Context.environment["BREW_FUZZ"] != nil {
  let uses: [String: [Target.Dependency]] = [
    "CSV": ["Formats", "Columns"], "YAML": ["Documents", "Diagnostics"],
    "Expression": ["Expressions", "Kernels", "Columns", "Diagnostics"],
  ]
  package.products = []
  package.targets.removeAll {
    [.executable, .test, .plugin].contains($0.type) || ["Databrew", "Trials"].contains($0.name)
  }
  package.targets.append(.target(name: "FuzzDriver", path: "Tests/fuzz/Driver", swiftSettings: swift))
  for (name, dependencies) in uses.sorted(by: { $0.key < $1.key }) {
    package.targets.append(
      .executableTarget(
        name: "Fuzz\(name)", dependencies: dependencies + ["FuzzDriver"], path: "Tests/fuzz/\(name)",
        swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
  }
}
