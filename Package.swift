// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target with the settings that all of them share.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: swiftSettings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// Tests are not optimised where what they test is: they are a third of the code, and would take two thirds of the build.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies,
        swiftSettings: swiftSettings + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
}

// A dependency is above what depends on it: no target knows one below it in these lists.

/// Each behind a header of its own, with standard types only.
let cTargets: [Target] = [
    .target(name: "CRunicDNNL", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("dl")]),
    .target(name: "CRunicText", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .target(name: "CRunicKernels"),
    .target(name: "CRunicPlugin"),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CRunicEdit", dependencies: ["CLibEdit"]),
    .systemLibrary(name: "CRunicLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CRunicZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
]

/// From text to symbols.
let textTargets: [Target] = [
    module("RunicFiles"),
    module("RunicThreads"),
    module("RunicDisplay"),
    module("RunicSymbols", ["RunicFiles"]),
    module(
        "RunicText", ["CRunicPlugin", "CRunicText", "RunicDisplay", "RunicFiles", "RunicSymbols", "RunicThreads"]),
    module("RunicCorpora", ["CRunicZlib", "RunicDisplay", "RunicFiles", "RunicText"]),
]

/// From symbols to parameters and back.
let modelTargets: [Target] = [
    module("RunicArchive", ["CRunicLZ4", "RunicDisplay", "RunicFiles"]),
    module("RunicSampling"),
    module("RunicKernels", ["CRunicDNNL", "CRunicKernels", "RunicThreads"]),
    module("RunicCells", ["RunicKernels"]),
    module("RunicModel", ["RunicArchive", "RunicCells", "RunicKernels", "RunicSymbols"]),
    module("RunicTraining", ["RunicArchive", "RunicCells", "RunicKernels", "RunicModel", "RunicSymbols"]),
    module("RunicRun", ["RunicArchive", "RunicDisplay", "RunicFiles", "RunicModel", "RunicTraining"]),
    module("RunicEvaluation", ["RunicDisplay", "RunicFiles"]),
    module(
        "RunicComparison",
        [
            "RunicCells", "RunicDisplay", "RunicEvaluation", "RunicKernels", "RunicModel", "RunicSymbols",
            "RunicTraining",
        ]),
]

/// Styles and scripts of pages, which the build embeds in the program.
let pageFiles: [Resource] = [.embedInCode("Resources")]

/// Whether targets are built for `scripts/fuzz`.
let isFuzzing = Context.environment["RUNIC_FUZZ"] != nil

/// The program's target: where targets are fuzzed a library whose `main` gives way to that of the fuzzer.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    guard isFuzzing else { return program(name, dependencies) }
    let renaming = ["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "\(name)_main"]
    return .target(
        name: name, dependencies: dependencies, swiftSettings: swiftSettings + [.unsafeFlags(renaming)])
}

/// What is fuzzed: with a test that replays the seeds, or as a program around libFuzzer.
func fuzzing(_ dependencies: [Target.Dependency]) -> Target {
    let path = "Tests/RunicFuzzTests"
    guard isFuzzing else {
        return .testTarget(
            name: "RunicFuzzTests", dependencies: dependencies, path: path,
            exclude: ["Driver", "Seeds", "make_seeds.py"],
            swiftSettings: swiftSettings + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
    }
    return .executableTarget(
        name: "RunicFuzz", dependencies: dependencies, path: path, exclude: ["Replay", "Seeds", "make_seeds.py"],
        swiftSettings: swiftSettings)
}

/// What programs and people use.
let userTargets: [Target] = [
    module(
        "Runic",
        [
            "RunicArchive", "RunicCells", "RunicComparison", "RunicDisplay", "RunicEvaluation", "RunicFiles",
            "RunicKernels", "RunicModel", "RunicRun", "RunicSampling", "RunicSymbols", "RunicText", "RunicTraining",
        ]),
    module("RunicPage", ["RunicDisplay"], resources: pageFiles),
    module(
        "RunicStudy",
        [
            "Runic", "RunicCells", "RunicDisplay", "RunicEvaluation", "RunicFiles", "RunicKernels", "RunicModel",
            "RunicPage", "RunicSampling", "RunicSymbols", "RunicText", "RunicTraining",
        ], resources: pageFiles),
    module(
        "RunicInspection",
        [
            "CRunicText", "Runic", "RunicDisplay", "RunicFiles", "RunicKernels", "RunicModel", "RunicPage",
            "RunicSymbols", "RunicText", "RunicThreads", "RunicTraining",
        ], resources: pageFiles),
    module("RunicREPL", ["RunicDisplay", "RunicSampling"]),
    module("RunicTerminal", ["CRunicEdit", "RunicDisplay", "RunicFiles", "RunicREPL"]),
    // A program of its own: to load a network library takes longer than `runic` takes to start.
    program("RunicFetchTool", ["RunicCorpora"]),
    tool(
        "RunicTool",
        [
            "Runic", "RunicArchive", "RunicCells", "RunicComparison", "RunicCorpora", "RunicDisplay", "RunicEvaluation",
            "RunicFiles", "RunicInspection", "RunicModel", "RunicREPL", "RunicRun", "RunicSampling", "RunicStudy",
            "RunicTerminal",
            "RunicText", "RunicTraining",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
]

/// The targets that are no test targets hold what results are checked against.
let testTargets: [Target] = [
    module("RunicReference", path: "Tests/RunicReference"),
    module(
        "RunicReferenceEngine",
        ["RunicCells", "RunicKernels", "RunicModel", "RunicReference", "RunicSymbols", "RunicTraining"],
        path: "Tests/RunicReferenceEngine"),
    .target(name: "CRunicAllocations", path: "Tests/CRunicAllocations"),
    .target(
        name: "CRunicICUReference", path: "Tests/CRunicICUReference",
        linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    module("RunicTesting", ["CRunicICUReference"], path: "Tests/RunicTesting"),
    tests("RunicFilesTests", ["RunicFiles", "RunicTesting"]),
    tests("RunicDisplayTests", ["CRunicICUReference", "RunicDisplay", "RunicSampling"]),
    tests("RunicSymbolsTests", ["RunicFiles", "RunicKernels", "RunicSymbols", "RunicTesting"]),
    tests("RunicKernelsTests", ["CRunicKernels", "RunicKernels", "RunicThreads"]),
    tests("RunicCellsTests", ["RunicCells", "RunicKernels", "RunicReference"]),
    tests(
        "RunicModelTests",
        [
            "RunicArchive", "RunicCells", "RunicKernels", "RunicModel", "RunicReference", "RunicReferenceEngine",
            "RunicSymbols",
        ]),
    tests(
        "RunicTrainingTests",
        [
            "CRunicAllocations", "RunicCells", "RunicKernels", "RunicModel", "RunicReference", "RunicReferenceEngine",
            "RunicRun", "RunicSymbols", "RunicTesting", "RunicTraining",
        ]),
    tests("RunicRunTests", ["RunicFiles", "RunicModel", "RunicRun", "RunicTesting", "RunicTraining"]),
    tests("RunicTextTests", ["CRunicICUReference", "CRunicText", "RunicSymbols", "RunicTesting", "RunicText"]),
    tests("RunicSamplingTests", ["RunicSampling"]),
    tests("RunicREPLTests", ["RunicDisplay", "RunicREPL", "RunicSampling"]),
    tests("RunicTerminalTests", ["RunicDisplay", "RunicREPL", "RunicSampling", "RunicTerminal", "RunicTesting"]),
    tests("RunicTests", ["Runic", "RunicTesting", "RunicText"]),
    tests("RunicPageTests", ["RunicDisplay", "RunicPage"]),
    tests(
        "RunicStudyTests",
        [
            "Runic", "RunicCells", "RunicDisplay", "RunicKernels", "RunicModel", "RunicPage", "RunicReference",
            "RunicStudy", "RunicTesting",
            "RunicText",
        ]),
    tests(
        "RunicInspectionTests",
        ["Runic", "RunicFiles", "RunicInspection", "RunicSymbols", "RunicTesting", "RunicText", "RunicTraining"]),
    tests("RunicEvaluationTests", ["RunicDisplay", "RunicEvaluation", "RunicKernels"]),
    tests(
        "RunicComparisonTests",
        [
            "RunicCells", "RunicComparison", "RunicDisplay", "RunicEvaluation", "RunicKernels", "RunicModel",
            "RunicSymbols",
            "RunicTraining",
        ]),
    tests("RunicArchiveTests", ["RunicArchive", "RunicTesting"]),
    tests("RunicCorporaTests", ["RunicCorpora", "RunicDisplay", "RunicFiles", "RunicTesting", "RunicText"]),
    tests(
        "RunicToolTests",
        ["RunicDisplay", "RunicFetchTool", "RunicKernels", "RunicTesting", "RunicText", "RunicTool"]),
]

let fuzzTarget = fuzzing([
    "CRunicICUReference", "Runic", "RunicArchive", "RunicDisplay", "RunicFiles", "RunicModel", "RunicRun",
    "RunicTesting", "RunicText", "RunicTool", "RunicTraining",
    .product(name: "ArgumentParser", package: "swift-argument-parser"),
])

let package = Package(
    name: "runic",
    products: [
        .library(name: "Runic", targets: ["Runic"]),
        .executable(name: "runic-fetch", targets: ["RunicFetchTool"]),
        .executable(name: isFuzzing ? "runic-fuzz" : "runic", targets: [isFuzzing ? "RunicFuzz" : "RunicTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // Only for `swift package generate-documentation`; no target uses it, so builds do not compile it.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    // With the fuzzer the tests are left out: they know the program as a program.
    targets: cTargets + textTargets + modelTargets + userTargets + [fuzzTarget]
        + (isFuzzing ? testTargets.filter { $0.type == .regular } : testTargets)
)
