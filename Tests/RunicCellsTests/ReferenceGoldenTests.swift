import Foundation
import RunicReference
import Testing

/// Losses and gradients that PyTorch 2 finds, in double precision: by its own LSTM with a projection and its own RNN
/// with relu, and by automatic differentiation of the other cells' equations.
///
/// Two batches, the second from the state of the first; of the gradient g of each tensor the sum of g_k cos(k).
///
///     import torch
///     from torch import cat, sigmoid, tanh
///     from torch.nn.functional import cross_entropy, layer_norm
///     torch.set_default_dtype(torch.float64)
///     V, D, H, P, L, B, T = 13, 4, 6, 3, 2, 5, 7
///     def wave(i, shape):
///         k = torch.arange(torch.Size(shape).numel())
///         return (0.5 * torch.cos(k * k / 10 + i)).float().double().view(shape).requires_grad_()
///     def product(p, kind, x, groups):
///         y = x @ p["weight_" + kind].T
///         if "norm_" + kind in p:
///             y = cat([layer_norm(g, g.shape[-1:]) for g in y.split(groups, -1)], -1) * p["norm_" + kind]
///         return y + p["bias_" + kind]
///     def lstm(p, x, h, c):
///         i, f, g, o = (product(p, "ih", x, 4 * H) + product(p, "hh", h, 4 * H)).split(H, -1)
///         c = sigmoid(f) * c + sigmoid(i) * tanh(g)
///         s = layer_norm(c, [H], p["norm_cell"], p["norm_cell_bias"]) if "norm_cell" in p else c
///         return sigmoid(o) * tanh(s), c
///     def coupled(p, x, h, c):
///         f, g, o = (product(p, "ih", x, 0) + product(p, "hh", h, 0)).split(H, -1)
///         f = sigmoid(f + p["peephole_f"] * c)
///         c = f * c + (1 - f) * tanh(g)
///         return sigmoid(o + p["peephole_o"] * c) * tanh(c), c
///     def gru(p, x, h, c, before=False):
///         a, q = product(p, "ih", x, [2 * H, H]), product(p, "hh", h, [2 * H, H])
///         r, z = sigmoid(a + q)[:, :2 * H].split(H, -1)
///         q = product(p, "hh", r * h, [2 * H, H])[:, 2 * H:] if before else r * q[:, 2 * H:]
///         return (1 - z) * tanh(a[:, 2 * H:] + q) + z * h, c
///     def gru_before(p, x, h, c): return gru(p, x, h, c, True)
///     def mgu(p, x, h, c):
///         a = product(p, "ih", x, H)
///         f = sigmoid(a + product(p, "hh", h, H))[:, :H]
///         return (1 - f) * h + f * tanh(a + product(p, "hh", f * h, H))[:, H:], c
///     def run(name, options, gates, extra, step):
///         R = P if "projection" in options else H
///         def layer(l):
///             G = gates * H
///             return {"weight_ih": (G, R if l else D), "weight_hh": (G, R), "bias_ih": (G,), "bias_hh": (G,)} | extra
///         shapes = {"embedding.weight": (V, D)}
///         for l in range(L): shapes |= {f"rnn.{key}_l{l}": shape for key, shape in layer(l).items()}
///         shapes |= {"decoder.weight": (V, R), "decoder.bias": (V,)}
///         tensors = {key: wave(i, shape) for i, (key, shape) in enumerate(shapes.items())}
///         p = [{key: tensors[f"rnn.{key}_l{l}"] for key in layer(l)} for l in range(L)]
///         h, c = [[torch.zeros(B, n) + x.get("initial_hidden", torch.zeros(n)) for x in p] for n in (R, H)]
///         for n in range(2):
///             at, row = n * T + torch.arange(T + 1)[:, None], torch.arange(B)[None, :]
///             text = (at * at * 7 + at // 3 + row * 5 + row * at) % V
///             x = tensors["embedding.weight"][text[:-1]]
///             h, c = [s.detach() for s in h], [s.detach() for s in c]
///             if isinstance(step, torch.nn.Module):
///                 state = (torch.stack(h), torch.stack(c)) if name == "lstm" else torch.stack(h)
///                 own = {key[4:]: t for key, t in tensors.items() if "rnn" in key}
///                 x, state = torch.func.functional_call(step, own, (x, state))
///                 h, c = (state[0], state[1]) if name == "lstm" else (state, c)
///             else:
///                 k, at = torch.arange(T * B * H).view(T, B, H), torch.arange(T * B).view(T, B, 1)
///                 for l in range(L):
///                     out = []
///                     for t in range(T):
///                         if "resets" in options: h[l] = torch.where(at[t] % 6 == 4, p[l]["initial_hidden"], h[l])
///                         made = step(p[l], x[t], h[l], c[l])
///                         d = [("zoneout" in options) * ((k[t] ** 2 + k[t] // 3 + l + s) % 4 == 0) for s in (0, 1)]
///                         h[l], c[l] = [torch.where(m, old, new) for m, old, new in zip(d, (h[l], c[l]), made)]
///                         out.append(h[l])
///                     x = torch.stack(out) + (x if "residual" in options and l else 0)
///             scores = x @ tensors["decoder.weight"].T + tensors["decoder.bias"]
///             loss = cross_entropy(scores.view(-1, V), text[1:].flatten())
///         loss.backward()
///         print(f'Golden("{name}", [{options}], loss: {loss.item():.15f}, gradients: [')
///         for key, t in tensors.items():
///             print(f'    "{key}": {(t.grad.flatten() * torch.cos(torch.arange(t.numel()))).sum().item():.12f},')
///         print("]),")
///     norm = {"norm_ih": (4 * H,), "norm_hh": (4 * H,), "norm_cell": (H,), "norm_cell_bias": (H,)}
///     run("lstm", ".projection", 4, {"weight_hr": (P, H)}, torch.nn.LSTM(D, H, L, proj_size=P))
///     run("rnn:relu", "", 1, {}, torch.nn.RNN(D, H, L, nonlinearity="relu"))
///     run("lstm:peephole+coupled", "", 3, {"peephole_f": (H,), "peephole_o": (H,)}, coupled)
///     run("gru:reset-before", "", 3, {}, gru_before)
///     run("mgu", "", 2, {}, mgu)
///     run("lstm", ".layerNorm", 4, norm, lstm)
///     run("gru", ".layerNorm", 3, {"norm_ih": (3 * H,), "norm_hh": (3 * H,)}, gru)
///     run("lstm", ".zoneoutHidden, .zoneoutCell", 4, {}, lstm)
///     norm = {"norm_ih": (2 * H,), "norm_hh": (2 * H,)}
///     run("mgu", ".layerNorm, .residual, .initialState, .resets", 2, norm | {"initial_hidden": (H,)}, mgu)
@Suite struct ReferenceGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        var cell: ReferenceCell
        var features: [ReferenceCase.Feature]
        var loss: Double
        var gradients: [String: Double]
        var testDescription: String { "\(cell) \(features.map(\.rawValue).joined(separator: " "))" }
    }

    static let golden = [
        Golden(
            cell: "lstm", features: [.projection], loss: 2.585185917507921,
            gradients: [
                "embedding.weight": -0.002468220145,
                "rnn.weight_ih_l0": 0.000295609039,
                "rnn.weight_hh_l0": 0.002400384783,
                "rnn.bias_ih_l0": 0.000735856428,
                "rnn.bias_hh_l0": 0.000735856428,
                "rnn.weight_hr_l0": -0.003826970315,
                "rnn.weight_ih_l1": 0.003725255805,
                "rnn.weight_hh_l1": 0.006148739922,
                "rnn.bias_ih_l1": 0.052422995081,
                "rnn.bias_hh_l1": 0.052422995081,
                "rnn.weight_hr_l1": -0.108421048453,
                "decoder.weight": -0.030497484382,
                "decoder.bias": 0.053684203683,
            ]),
        Golden(
            cell: "rnn:relu", features: [], loss: 2.715982521335504,
            gradients: [
                "embedding.weight": 0.001552816673,
                "rnn.weight_ih_l0": 0.037130961859,
                "rnn.weight_hh_l0": -0.142299961787,
                "rnn.bias_ih_l0": -0.070411851120,
                "rnn.bias_hh_l0": -0.070411851120,
                "rnn.weight_ih_l1": -0.050160205235,
                "rnn.weight_hh_l1": 0.316215599405,
                "rnn.bias_ih_l1": 0.110391180060,
                "rnn.bias_hh_l1": 0.110391180060,
                "decoder.weight": -0.136766889243,
                "decoder.bias": 0.181222748112,
            ]),
        Golden(
            cell: "lstm:peephole+coupled", features: [], loss: 2.633389215325013,
            gradients: [
                "embedding.weight": 0.003600156722,
                "rnn.weight_ih_l0": 0.005437213021,
                "rnn.weight_hh_l0": -0.002372002505,
                "rnn.bias_ih_l0": 0.010702977181,
                "rnn.bias_hh_l0": 0.010702977181,
                "rnn.peephole_f_l0": 0.000125907591,
                "rnn.peephole_o_l0": 0.001016288227,
                "rnn.weight_ih_l1": 0.009315902111,
                "rnn.weight_hh_l1": 0.002333017770,
                "rnn.bias_ih_l1": 0.047331227531,
                "rnn.bias_hh_l1": 0.047331227531,
                "rnn.peephole_f_l1": 0.000328624836,
                "rnn.peephole_o_l1": -0.000033630449,
                "decoder.weight": 0.027885346433,
                "decoder.bias": 0.129640148482,
            ]),
        Golden(
            cell: "gru:reset-before", features: [], loss: 2.795653280518295,
            gradients: [
                "embedding.weight": 0.026713526493,
                "rnn.weight_ih_l0": -0.029224076097,
                "rnn.weight_hh_l0": 0.007581744794,
                "rnn.bias_ih_l0": 0.010294017517,
                "rnn.bias_hh_l0": 0.010294017517,
                "rnn.weight_ih_l1": 0.058032206369,
                "rnn.weight_hh_l1": -0.010402499166,
                "rnn.bias_ih_l1": -0.027542023583,
                "rnn.bias_hh_l1": -0.027542023583,
                "decoder.weight": -0.006239864293,
                "decoder.bias": -0.009088167557,
            ]),
        Golden(
            cell: "mgu", features: [], loss: 2.753534327878382,
            gradients: [
                "embedding.weight": 0.009945546331,
                "rnn.weight_ih_l0": 0.007758307750,
                "rnn.weight_hh_l0": 0.029856428775,
                "rnn.bias_ih_l0": 0.057393973230,
                "rnn.bias_hh_l0": 0.057393973230,
                "rnn.weight_ih_l1": 0.065506789340,
                "rnn.weight_hh_l1": -0.058147400629,
                "rnn.bias_ih_l1": -0.078795273359,
                "rnn.bias_hh_l1": -0.078795273359,
                "decoder.weight": 0.143186592067,
                "decoder.bias": 0.099195461467,
            ]),
        Golden(
            cell: "lstm", features: [.layerNorm], loss: 2.539889034718948,
            gradients: [
                "embedding.weight": 0.003043536223,
                "rnn.weight_ih_l0": -0.003493494812,
                "rnn.weight_hh_l0": -0.001908272917,
                "rnn.bias_ih_l0": 0.004590361736,
                "rnn.bias_hh_l0": 0.004590361736,
                "rnn.norm_ih_l0": 0.005349030897,
                "rnn.norm_hh_l0": -0.001846682117,
                "rnn.norm_cell_l0": 0.006249765455,
                "rnn.norm_cell_bias_l0": -0.016714518107,
                "rnn.weight_ih_l1": 0.003520786797,
                "rnn.weight_hh_l1": -0.001352319025,
                "rnn.bias_ih_l1": 0.024496170326,
                "rnn.bias_hh_l1": 0.024496170326,
                "rnn.norm_ih_l1": -0.031363477697,
                "rnn.norm_hh_l1": 0.022904970069,
                "rnn.norm_cell_l1": -0.000679320151,
                "rnn.norm_cell_bias_l1": -0.012696981641,
                "decoder.weight": -0.013832949063,
                "decoder.bias": 0.067662307737,
            ]),
        Golden(
            cell: "gru", features: [.layerNorm], loss: 2.641739677814261,
            gradients: [
                "embedding.weight": 0.030367744314,
                "rnn.weight_ih_l0": -0.009346426597,
                "rnn.weight_hh_l0": -0.025256090785,
                "rnn.bias_ih_l0": -0.015483722431,
                "rnn.bias_hh_l0": -0.006270158596,
                "rnn.norm_ih_l0": 0.008849467840,
                "rnn.norm_hh_l0": -0.003723247578,
                "rnn.weight_ih_l1": 0.012926476161,
                "rnn.weight_hh_l1": 0.037282576808,
                "rnn.bias_ih_l1": 0.063863073530,
                "rnn.bias_hh_l1": 0.033416167571,
                "rnn.norm_ih_l1": -0.002815907749,
                "rnn.norm_hh_l1": 0.035928367759,
                "decoder.weight": 0.102459571091,
                "decoder.bias": 0.266665198116,
            ]),
        Golden(
            cell: "lstm", features: [.zoneoutHidden, .zoneoutCell], loss: 2.734031745858677,
            gradients: [
                "embedding.weight": 0.002618660490,
                "rnn.weight_ih_l0": -0.002636530241,
                "rnn.weight_hh_l0": -0.000423682249,
                "rnn.bias_ih_l0": -0.000057643817,
                "rnn.bias_hh_l0": -0.000057643817,
                "rnn.weight_ih_l1": 0.011005998758,
                "rnn.weight_hh_l1": 0.003836793233,
                "rnn.bias_ih_l1": 0.010074339005,
                "rnn.bias_hh_l1": 0.010074339005,
                "decoder.weight": 0.012416838723,
                "decoder.bias": 0.048257071900,
            ]),
        Golden(
            cell: "mgu", features: [.layerNorm, .residual, .initialState, .resets], loss: 2.743002155299501,
            gradients: [
                "embedding.weight": -0.151709113496,
                "rnn.weight_ih_l0": -0.016977652222,
                "rnn.weight_hh_l0": 0.098090460212,
                "rnn.bias_ih_l0": -0.122618696817,
                "rnn.bias_hh_l0": -0.122618696817,
                "rnn.norm_ih_l0": -0.014998746122,
                "rnn.norm_hh_l0": -0.096622196921,
                "rnn.initial_hidden_l0": 0.102620378868,
                "rnn.weight_ih_l1": 0.022285724197,
                "rnn.weight_hh_l1": 0.035602332969,
                "rnn.bias_ih_l1": 0.024350943661,
                "rnn.bias_hh_l1": 0.024350943661,
                "rnn.norm_ih_l1": -0.106137023836,
                "rnn.norm_hh_l1": -0.000251759625,
                "rnn.initial_hidden_l1": 0.010776061690,
                "decoder.weight": -0.001730455895,
                "decoder.bias": 0.042894157092,
            ]),
    ]

    private static let (layers, vocabulary, rows, time) = (2, 13, 5, 7)

    private func specification(_ golden: Golden) -> ReferenceSpecification {
        let features = golden.features
        return ReferenceSpecification(
            cell: golden.cell, vocabularySize: Self.vocabulary, embeddingSize: 4, hiddenSize: 6, layers: Self.layers,
            projectionSize: features.contains(.projection) ? 3 : nil, residual: features.contains(.residual),
            layerNorm: features.contains(.layerNorm), learnsInitialState: features.contains(.initialState))
    }

    private func batch(_ number: Int, _ golden: Golden) -> ReferenceBatch {
        let texts = (0..<Self.rows).map { row in
            (0...Self.time).map { step in
                let at = number * Self.time + step
                return (at * at * 7 + at / 3 + row * 5 + row * at) % Self.vocabulary
            }
        }
        let resets = (0..<(Self.time * Self.rows)).map { golden.features.contains(.resets) && $0 % 6 == 4 }
        return ReferenceBatch(texts: texts, resets: resets)
    }

    private func noise(_ golden: Golden) -> ReferenceNoise {
        var noise = ReferenceNoise()
        guard golden.features.contains(.zoneoutHidden) else { return noise }
        func masks(_ start: Int) -> [[Double]] {
            (0..<Self.layers).map { layer in
                (0..<(Self.time * Self.rows * 6)).map { ($0 * $0 + $0 / 3 + layer + start) % 4 == 0 ? 1 : 0 }
            }
        }
        (noise.zoneoutHidden, noise.zoneoutCell) = (masks(0), masks(1))
        return noise
    }

    @Test("the reference finds PyTorch's losses and gradients", arguments: golden)
    func agreement(golden: Golden) {
        let (model, noise) = (ReferenceModel(specification(golden)), noise(golden))
        let first = model.run(batch(0, golden), from: model.initialState(rows: Self.rows), noise: noise)
        let second = model.run(batch(1, golden), from: first.state, noise: noise)
        #expect(abs(second.loss - golden.loss) < 1e-14)
        #expect(Set(golden.gradients.keys) == Set(second.gradients.keys))
        for (name, expected) in golden.gradients {
            let gradient = second.gradients[name] ?? []
            let found = gradient.enumerated().reduce(0) { $0 + $1.element * cos(Double($1.offset)) }
            #expect(abs(found - expected) < 1e-12, "\(name): \(found) for \(expected)")
        }
    }
}
