// swift-tools-version: 6.2
import PackageDescription

func example(_ name: String) -> Target {
    .executableTarget(
        name: name, dependencies: [.product(name: "Runic", package: "runic")],
        swiftSettings: [
            .swiftLanguageMode(.v6),
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
        ])
}

let package = Package(
    name: "library-examples",
    dependencies: [.package(name: "runic", path: "../..")],
    targets: ["TrainAndWrite", "NextSymbol", "ManyTexts", "CustomTransform"].map(example)
)
