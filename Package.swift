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

let package = Package(
    name: "runic",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Runic", targets: ["Runic"]),
        .executable(name: "runic", targets: ["RunicTool"]),
        .executable(name: "runic-fetch", targets: ["RunicFetchTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // C: each behind a header of its own, with standard types only.
        .target(name: "CRunicDNNL", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("dl")]),
        .target(name: "CRunicICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .target(name: "CRunicKernels"),
        .target(name: "CRunicPlugin"),
        .target(name: "CRunicEdit", dependencies: ["CLibEdit"]),
        .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CRunicLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CRunicZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The way through, from the bottom up: nothing knows what stands below it in this list.
        .target(name: "RunicSymbols", swiftSettings: swiftSettings),
        .target(
            name: "RunicText", dependencies: ["CRunicICU", "CRunicPlugin", "RunicSymbols"], swiftSettings: swiftSettings
        ),
        .target(name: "RunicCorpora", dependencies: ["CRunicZlib", "RunicText"], swiftSettings: swiftSettings),
        .target(name: "RunicArchive", dependencies: ["CRunicLZ4"], swiftSettings: swiftSettings),
        .target(name: "RunicSampling", swiftSettings: swiftSettings),
        .target(name: "RunicKernels", dependencies: ["CRunicDNNL", "CRunicKernels"], swiftSettings: swiftSettings),
        .target(name: "RunicCells", dependencies: ["RunicKernels"], swiftSettings: swiftSettings),
        .target(
            name: "RunicModel", dependencies: ["RunicArchive", "RunicCells", "RunicKernels", "RunicSymbols"],
            swiftSettings: swiftSettings),
        .target(
            name: "RunicTraining",
            dependencies: ["RunicArchive", "RunicModel", "RunicCells", "RunicKernels", "RunicSymbols"],
            swiftSettings: swiftSettings),
        .target(
            name: "RunicEvaluation",
            dependencies: ["RunicTraining", "RunicModel", "RunicCells", "RunicKernels", "RunicSymbols"],
            swiftSettings: swiftSettings),
        .target(
            name: "Runic",
            dependencies: [
                "RunicArchive", "RunicCells", "RunicEvaluation", "RunicKernels", "RunicModel", "RunicSampling",
                "RunicSymbols", "RunicText", "RunicTraining",
            ],
            swiftSettings: swiftSettings),
        // What a `TextModel.Context` holds is RunicModel's and stands inside of it: named here, so that a change of it
        // builds anew whatever was compiled with its layout.
        .target(
            name: "RunicREPL", dependencies: ["Runic", "RunicModel", "RunicSampling"], swiftSettings: swiftSettings),
        .target(
            name: "RunicStudy",
            dependencies: [
                "Runic", "RunicCells", "RunicEvaluation", "RunicKernels", "RunicModel", "RunicText", "RunicTraining",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "RunicDoctor",
            dependencies: [
                "Runic", "RunicKernels", "RunicModel", "RunicStudy", "RunicSymbols", "RunicText", "RunicTraining",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "RunicTerminal", dependencies: ["CRunicEdit", "RunicModel", "RunicREPL"],
            swiftSettings: swiftSettings),
        // A program of its own: to load a network library takes longer than `runic` takes to start.
        .executableTarget(name: "RunicFetchTool", dependencies: ["RunicCorpora"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "RunicTool",
            dependencies: [
                "Runic", "RunicArchive", "RunicCorpora", "RunicDoctor", "RunicModel", "RunicREPL", "RunicSampling",
                "RunicStudy", "RunicTerminal", "RunicText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        // Tests: the two reference targets hold what results are checked against.
        .target(name: "RunicReference", path: "Tests/RunicReference", swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicKernelsTests", dependencies: ["RunicKernels", "CRunicKernels"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicCellsTests", dependencies: ["RunicCells", "RunicKernels", "RunicReference"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicModelTests",
            dependencies: [
                "RunicModel", "RunicArchive", "RunicCells", "RunicKernels", "RunicSymbols", "RunicReference",
            ],
            swiftSettings: swiftSettings),
        .target(name: "CRunicAllocations", path: "Tests/CRunicAllocations"),
        .testTarget(
            name: "RunicTrainingTests",
            dependencies: [
                "CRunicAllocations", "RunicTraining", "RunicModel", "RunicCells", "RunicKernels", "RunicSymbols",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "CRunicICUReference", path: "Tests/CRunicICUReference",
            linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .testTarget(
            name: "RunicTextTests", dependencies: ["RunicText", "RunicSymbols", "CRunicICU", "CRunicICUReference"],
            swiftSettings: swiftSettings),
        .testTarget(name: "RunicSamplingTests", dependencies: ["RunicSampling"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicREPLTests", dependencies: ["RunicREPL", "RunicSampling"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicTerminalTests", dependencies: ["RunicTerminal", "RunicREPL", "RunicSampling", "CRunicEdit"],
            swiftSettings: swiftSettings),
        .testTarget(name: "RunicTests", dependencies: ["Runic"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicStudyTests",
            dependencies: [
                "RunicStudy", "Runic", "RunicCells", "RunicKernels", "RunicModel", "RunicReference", "RunicText",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicDoctorTests",
            dependencies: ["RunicDoctor", "Runic", "RunicSymbols", "RunicText", "RunicTraining"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicEvaluationTests",
            dependencies: [
                "RunicEvaluation", "RunicTraining", "RunicModel", "RunicCells", "RunicKernels", "RunicSymbols",
            ],
            swiftSettings: swiftSettings),
        .testTarget(name: "RunicArchiveTests", dependencies: ["RunicArchive"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicCorporaTests", dependencies: ["RunicCorpora", "RunicText"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunicToolTests", dependencies: ["RunicTool", "RunicFetchTool", "RunicKernels", "RunicText"],
            swiftSettings: swiftSettings),
    ]
)
