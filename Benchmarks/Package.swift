// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "runic-benchmarks",
    products: [.executable(name: "runic-benchmark", targets: ["RunicBenchmark"])],
    dependencies: [
        .package(name: "runic", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        .target(name: "CRunicPeak"),
        .target(name: "CRunicICULoop", linkerSettings: [.linkedLibrary("icuuc")]),
        .executableTarget(
            name: "RunicBenchmark",
            dependencies: [
                "CRunicICULoop", "CRunicPeak",
                .product(name: "Runic", package: "runic"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ]),
    ]
)
