import RunicKernels
import RunicModel
import RunicReference
import Testing

/// Loss and gradients that PyTorch 2 finds for the same weights and symbols, in double precision.
///
/// Two batches, the second from the state of the first; of each gradient the first element, the last and the norm.
///
///     import torch
///     torch.set_default_dtype(torch.float64)
///     def wave(i, *shape):
///         k = torch.arange(torch.Size(shape).numel())
///         return (0.5 * torch.cos(k * k / 10 + i)).float().double().view(*shape).requires_grad_()
///     V, D, H, L, B, T = 13, 3, 6, 2, 5, 7
///     for name, cell in [("rnn", torch.nn.RNN), ("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU)]:
///         stack = cell(D, H, num_layers=L)
///         embedding = wave(0, V, D)
///         for i, (key, old) in enumerate(list(stack.named_parameters())):
///             delattr(stack, key)
///             setattr(stack, key, torch.nn.Parameter(wave(i + 1, *old.shape).detach()))
///         stack._flat_weights = [getattr(stack, key) for key in stack._flat_weights_names]
///         decoder, bias = wave(4 * L + 1, V, H), wave(4 * L + 2, V)
///         state = None
///         for n in range(2):
///             p = n * T + torch.arange(T + 1)[:, None]
///             b = torch.arange(B)[None, :]
///             text = (p * p * 7 + p // 3 + b * 5 + b * p) % V
///             out, state = stack(embedding[text[:-1]], state)
///             loss = torch.nn.functional.cross_entropy((out @ decoder.T + bias).view(-1, V), text[1:].reshape(-1))
///             state = tuple(s.detach() for s in state) if name == "lstm" else state.detach()
///             if n == 0: print(name, "first", loss.item())
///         loss.backward()
///         print(name, loss.item())
///         for key, t in [("embedding.weight", embedding), ("decoder.weight", decoder), ("decoder.bias", bias)] + [("rnn." + k, p) for k, p in stack.named_parameters()]:
///             g = t.grad.flatten()
///             print(f'("{key}", {g[0].item():.9e}, {g[-1].item():.9e}, {g.norm().item():.9e}),')
@Suite struct GoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        var cell: ReferenceCell
        var firstLoss: Double
        var secondLoss: Double
        var gradients: [(name: String, first: Double, last: Double, norm: Double)]
        var testDescription: String { cell.rawValue }
    }

    static let golden = [
        Golden(
            cell: .rnn, firstLoss: 2.529415244992867, secondLoss: 2.6782601628826663,
            gradients: [
                ("embedding.weight", -4.287384784e-03, 1.038468762e-02, 7.431308687e-02),
                ("decoder.weight", -1.658760198e-03, -9.188053167e-02, 2.273713939e-01),
                ("decoder.bias", 3.808314019e-03, 1.116396148e-01, 2.051973271e-01),
                ("rnn.weight_ih_l0", 2.943654081e-02, -6.007394278e-03, 7.115558546e-02),
                ("rnn.weight_hh_l0", 7.042839426e-03, 1.406406780e-02, 1.687310427e-01),
                ("rnn.bias_ih_l0", 2.214909398e-02, 1.523203314e-02, 1.231448798e-01),
                ("rnn.bias_hh_l0", 2.214909398e-02, 1.523203314e-02, 1.231448798e-01),
                ("rnn.weight_ih_l1", -1.320316047e-02, -1.844411351e-02, 3.483263087e-01),
                ("rnn.weight_hh_l1", 2.543782462e-02, 1.905207550e-02, 2.613122567e-01),
                ("rnn.bias_ih_l1", 5.879308093e-02, -1.910084801e-02, 2.561445039e-01),
                ("rnn.bias_hh_l1", 5.879308093e-02, -1.910084801e-02, 2.561445039e-01),
            ]),
        Golden(
            cell: .lstm, firstLoss: 2.526826273470663, secondLoss: 2.7391232165449586,
            gradients: [
                ("embedding.weight", -7.946922993e-05, 1.252670915e-04, 3.404465275e-03),
                ("decoder.weight", -8.064490892e-03, 7.999240228e-03, 1.260680627e-01),
                ("decoder.bias", 2.197392748e-02, 6.967407152e-02, 2.226610159e-01),
                ("rnn.weight_ih_l0", 2.361447338e-05, -4.519738081e-05, 3.211318067e-03),
                ("rnn.weight_hh_l0", -3.370318557e-05, 1.357152551e-04, 3.475081255e-03),
                ("rnn.bias_ih_l0", -2.656133304e-04, 6.038979568e-04, 7.417535886e-03),
                ("rnn.bias_hh_l0", -2.656133304e-04, 6.038979568e-04, 7.417535886e-03),
                ("rnn.weight_ih_l1", 1.470856833e-03, 9.611486234e-04, 1.762312619e-02),
                ("rnn.weight_hh_l1", -2.946710529e-03, 5.933528490e-04, 2.033064600e-02),
                ("rnn.bias_ih_l1", 8.198955205e-03, 5.296693506e-03, 3.591887071e-02),
                ("rnn.bias_hh_l1", 8.198955205e-03, 5.296693506e-03, 3.591887071e-02),
            ]),
        Golden(
            cell: .gru, firstLoss: 2.513909441058577, secondLoss: 2.802874444775478,
            gradients: [
                ("embedding.weight", -5.472515056e-04, 4.678748654e-04, 2.289952017e-02),
                ("decoder.weight", -1.700882157e-02, 5.929494765e-03, 1.875122967e-01),
                ("decoder.bias", 2.771097020e-02, 3.956589038e-02, 2.337640997e-01),
                ("rnn.weight_ih_l0", -6.489656498e-04, -1.608520544e-03, 2.566195772e-02),
                ("rnn.weight_hh_l0", -2.486568708e-04, 6.857696409e-03, 2.291618166e-02),
                ("rnn.bias_ih_l0", -2.126347300e-03, 1.830381092e-02, 3.695341408e-02),
                ("rnn.bias_hh_l0", -2.126347300e-03, 1.252052783e-02, 2.065972106e-02),
                ("rnn.weight_ih_l1", -3.922319509e-04, 2.349073885e-02, 1.198441346e-01),
                ("rnn.weight_hh_l1", 7.248692018e-04, 2.742203846e-03, 4.030260992e-02),
                ("rnn.bias_ih_l1", -1.193221103e-03, 6.042483447e-02, 1.128772920e-01),
                ("rnn.bias_hh_l1", -1.193221103e-03, 1.841537747e-02, 5.089696967e-02),
            ]),
    ]

    private func sizes(_ cell: ReferenceCell) -> EngineCase { EngineCase(cell, L: 2, V: 13, D: 3, H: 6, B: 5, T: 7) }

    private func check(
        _ found: [Double], _ expected: (name: String, first: Double, last: Double, norm: Double), _ bound: Double
    ) throws {
        let norm = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let (first, last) = (try #require(found.first), try #require(found.last))
        #expect(abs(norm - expected.norm) <= bound * expected.norm, "\(expected.name)")
        #expect(abs(first - expected.first) <= bound * expected.norm, "\(expected.name)")
        #expect(abs(last - expected.last) <= bound * expected.norm, "\(expected.name)")
    }

    @Test("the engine finds PyTorch's losses and gradients", arguments: golden)
    func engine(golden: Golden) throws {
        let sizes = sizes(golden.cell)
        let engine = try sizes.engine()
        let pool = WorkerPool(workerCount: 1)
        for (number, expected) in [golden.firstLoss, golden.secondLoss].enumerated() {
            engine.set(sizes.texts(batch: number))
            let loss = engine.run(pool: pool, key: nil)
            #expect(abs(loss - expected) < 1e-5)
        }
        for expected in golden.gradients { try check(engine.gradient(expected.name), expected, 1e-5) }
    }

    @Test("and so does the double-precision reference, to the digits that are written here", arguments: golden)
    func reference(golden: Golden) throws {
        let sizes = sizes(golden.cell)
        let reference = sizes.reference
        let batches = [0, 1].map { ReferenceBatch(texts: sizes.texts(batch: $0)) }
        let first = reference.run(batches[0], from: reference.initialState(rows: sizes.batch))
        let second = reference.run(batches[1], from: first.state)
        #expect(abs(first.loss - golden.firstLoss) < 1e-12)
        #expect(abs(second.loss - golden.secondLoss) < 1e-12)
        for expected in golden.gradients {
            try check(try #require(second.gradients[expected.name]), expected, 1e-8)
        }
    }
}
