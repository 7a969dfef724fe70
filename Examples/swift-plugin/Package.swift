// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "capitals-example",
    dependencies: [.package(name: "runic", path: "../..")],
    targets: [
        .executableTarget(
            name: "CapitalsExample",
            dependencies: [.product(name: "Runic", package: "runic")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ]
)
