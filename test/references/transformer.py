"""One layer of a transformer, with the norm before (GPT) or behind (BERT) each half."""
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, width, heads, causal):
        super().__init__()
        self.heads, self.causal = heads, causal
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x, mask):
        batch, time, width = x.shape
        apart = lambda y: y.view(batch, time, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = apart(self.query(x)), apart(self.key(x)), apart(self.value(x))
        looks = None if mask is None else mask[:, None, None, :]
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=looks, is_causal=self.causal)
        return self.output(mixed.transpose(1, 2).reshape(batch, time, width))


class Layer(nn.Module):
    def __init__(self, width, heads, dropout, causal=False, norm_first=True):
        super().__init__()
        self.norm_first = norm_first
        self.attention = Attention(width, heads, causal)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-3), nn.LayerNorm(width, eps=1e-3)
        self.think = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.drop(self.attention(self.norm1(x), mask))
            return x + self.drop(self.think(self.norm2(x)))
        x = self.norm1(x + self.drop(self.attention(x, mask)))
        return self.norm2(x + self.drop(self.think(x)))
