import Testing

@testable import RunicEvaluation

struct StudentTTests {
    // from scipy.stats import t
    // [t.ppf(p, nu) for nu in (1, 2, 3.5, 5, 30, 120, 1e6) for p in (0.6, 0.9, 0.975, 0.995)]
    static let golden: [(degrees: Double, quantiles: [Double])] = [
        (1, [0.32491969623290634, 3.0776835371752544, 12.706204736174694, 63.656741162871526]),
        (2, [0.2886751345948128, 1.8856180831641272, 4.302652729749462, 9.924843200918287]),
        (3.5, [0.27326545405577973, 1.5765766051364052, 2.9400886379827282, 5.085702223091256]),
        (5, [0.2671808657041451, 1.4758840488244815, 2.5705818356363146, 4.032142983555228]),
        (30, [0.2556053649519128, 1.3104150253913955, 2.0422724563012378, 2.7499956535672254]),
        (120, [0.25390952321492877, 1.288646233656378, 1.9799304050824402, 2.6174211451068654]),
        (1e6, [0.25334717053784184, 1.281552412129939, 1.959966356814107, 2.5758342201053344]),
    ]

    @Test("Quantiles agree with scipy, also for a fraction of a degree of freedom", arguments: golden)
    func quantiles(degrees: Double, quantiles: [Double]) {
        for (probability, expected) in zip([0.6, 0.9, 0.975, 0.995], quantiles) {
            let found = StudentT.quantile(probability, degreesOfFreedom: degrees)
            #expect(abs(found - expected) <= 1e-8 * expected, "p \(probability), nu \(degrees)")
            let mirrored = StudentT.quantile(1 - probability, degreesOfFreedom: degrees)
            #expect(abs(mirrored + expected) <= 1e-8 * expected, "p \(1 - probability), nu \(degrees)")
        }
    }

    @Test(
        "Quantiles agree with the printed table of the 95 % interval",
        arguments: [(1, 12.706), (2, 4.303), (4, 2.776), (10, 2.228), (20, 2.086), (60, 2.000), (120, 1.980)])
    func table(degrees: Int, printed: Double) {
        let found = StudentT.quantile(0.975, degreesOfFreedom: Double(degrees))
        #expect(abs(found - printed) <= 0.0005001)
    }

    @Test("The median is zero and the tails of a point add up to one")
    func symmetry() {
        #expect(abs(StudentT.quantile(0.5, degreesOfFreedom: 3)) < 1e-12)
        for t in [0.0, 0.3, 2, 50] {
            let sum =
                StudentT.upperTail(t, degreesOfFreedom: 7) + StudentT.upperTail(-t, degreesOfFreedom: 7)
            #expect(abs(sum - 1) < 1e-14)
        }
    }

    @Test("With one degree of freedom the tail is that of Cauchy's distribution, far out too")
    func cauchy() {
        // tan(π (p − ½)): P(T > 1) = 1/4; far out, P(T > t) → 1 / (π t).
        #expect(abs(StudentT.upperTail(1, degreesOfFreedom: 1) - 0.25) < 1e-14)
        #expect(abs(StudentT.upperTail(1e8, degreesOfFreedom: 1) * .pi * 1e8 - 1) < 1e-10)
    }
}
