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
    products: [],
    targets: [
        .target(name: "CRunicDNNL", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("dl")]),
        .target(name: "CRunicKernels"),
        .systemLibrary(name: "CRunicLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),

        .target(name: "RunicKernels", dependencies: ["CRunicDNNL", "CRunicKernels"], swiftSettings: swiftSettings),
        .target(name: "RunicCells", dependencies: ["RunicKernels"], swiftSettings: swiftSettings),
        .target(name: "RunicArchive", dependencies: ["CRunicLZ4"], swiftSettings: swiftSettings),
        .target(name: "RunicModel", dependencies: ["RunicCells", "RunicKernels"], swiftSettings: swiftSettings),
        .target(
            name: "RunicTraining", dependencies: ["RunicModel", "RunicCells", "RunicKernels"],
            swiftSettings: swiftSettings),
        .executableTarget(name: "probe", dependencies: ["RunicTraining", "RunicModel", "RunicKernels"]),

        .testTarget(name: "RunicArchiveTests", dependencies: ["RunicArchive"], swiftSettings: swiftSettings),
    ]
)
