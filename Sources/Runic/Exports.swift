// A program that imports Runic also sees the types in its API.
@_exported public import RunicArchive
@_exported public import RunicComparison
@_exported public import RunicDisplay
@_exported public import RunicEvaluation
@_exported public import RunicKernels
@_exported public import RunicModel
@_exported public import RunicSampling
@_exported public import RunicSymbols
@_exported public import RunicText
@_exported public import RunicTraining
