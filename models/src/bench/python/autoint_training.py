"""Samples per second of AutoInt training in PyTorch, as one JSON object.

The counterpart of `millrace bench training`: the same form, size, batch and optimiser over examples
of the same distribution. Song et al., "AutoInt: Automatic Feature Interaction Learning via
Self-Attentive Neural Networks", CIKM 2019; the forms are those of dev.millrace.models.network.AutoInt.
"""

import argparse
import json
import math
import time

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits


class Interacting(nn.Module):
    """One interacting layer: [batch, fields, width] -> [batch, fields, heads * head_dim]."""

    def __init__(self, form, width, heads, head_dim):
        super().__init__()
        out = heads * head_dim
        self.authors = form == "AUTHORS"
        self.heads = heads
        self.head_dim = head_dim
        self.query = nn.Linear(width, out, bias=self.authors)
        self.key = nn.Linear(width, out, bias=self.authors)
        self.value = nn.Linear(width, out, bias=self.authors)
        projected = self.authors or width != out
        self.residual = nn.Linear(width, out, bias=self.authors) if projected else nn.Identity()
        self.norm = nn.LayerNorm(out, eps=1e-8 if self.authors else 1e-5)

    def forward(self, fields):
        query = self.split(self.project(self.query, fields))
        key = self.split(self.project(self.key, fields))
        value = self.split(self.project(self.value, fields))
        scores = query @ key.transpose(-1, -2) / math.sqrt(self.head_dim)
        attended = torch.softmax(scores, -1) @ value
        joined = attended.transpose(1, 2).flatten(2)
        total = joined + self.project(self.residual, fields)
        return self.norm(torch.relu(total)) if self.authors else torch.relu(self.norm(total))

    def project(self, layer, fields):
        return torch.relu(layer(fields)) if self.authors else layer(fields)

    def split(self, projected):
        batch, fields, _ = projected.shape
        return projected.view(batch, fields, self.heads, self.head_dim).transpose(1, 2)


class AutoInt(nn.Module):
    def __init__(self, options):
        super().__init__()
        out = options.heads * options.head_dim
        sparse = options.table == "sparse"
        self.table = nn.Embedding(options.rows, options.dim, sparse=sparse)
        widths = [options.dim] + [out] * (options.layers - 1)
        self.layers = nn.Sequential(
            *(Interacting(options.form, width, options.heads, options.head_dim) for width in widths)
        )
        self.output = nn.Linear(options.fields * out, 1)

    def forward(self, rows):
        return self.output(self.layers(self.table(rows)).flatten(1)).flatten()


def optimisers(network, options):
    table = [network.table.weight]
    others = [value for value in network.parameters() if value is not network.table.weight]
    if options.table == "sparse":
        return [torch.optim.SparseAdam(table, lr=1e-3), torch.optim.Adam(others, lr=1e-3)]
    return [torch.optim.Adam(table + others, lr=1e-3)]


def train(network, steppers, rows, labels, batch):
    """One epoch in random order."""
    loss = None
    order = torch.randperm(len(labels), device=labels.device)
    for start in range(0, len(labels), batch):
        taken = order[start : start + batch]
        for stepper in steppers:
            stepper.zero_grad()
        loss = binary_cross_entropy_with_logits(network(rows[taken]), labels[taken])
        loss.backward()
        for stepper in steppers:
            stepper.step()
    return loss.item()


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--form", choices=["AUTHORS", "FUXI_LN"], required=True)
    for size in ["fields", "rows", "dim", "layers", "heads", "head-dim", "batch", "steps"]:
        parser.add_argument("--" + size, type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--table", choices=["dense", "sparse"], required=True)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--seed", type=int, required=True)
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    examples = options.batch * options.steps
    rows = torch.randint(options.rows, (examples, options.fields), device=options.device)
    labels = torch.randint(2, (examples,), device=options.device).float()
    network = AutoInt(options).to(options.device)
    steppers = optimisers(network, options)
    train(network, steppers, rows, labels, options.batch)
    start = time.perf_counter()
    loss = train(network, steppers, rows, labels, options.batch)
    seconds = time.perf_counter() - start
    figures = {"samplesPerSecond": examples / seconds, "loss": loss, "torch": torch.__version__}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
