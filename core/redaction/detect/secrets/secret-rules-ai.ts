import { ALNUM, HEX, HEX_GROUPS, LOWER, URL64, WORD } from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Models, inference, vector stores, agents. */
export const AI = [
  {
    source:
      'Anthropic and OpenAI API documentation; OpenRouter; DeepSeek and others whose keys begin as those of OpenAI',
    rules: [
      ['anthropic-key', 'sk-ant-', URL64, 20, 255],
      ['openai-key', 'sk-proj- sk-svcacct- sk-admin- sk-service- sk-None-', URL64, 20, 255],
      ['openrouter-key', 'sk-or-v1- sk-or-', HEX, 40, 80],
      ['langfuse-key', 'sk-lf- pk-lf-', HEX_GROUPS, 36, 36],
      ['helicone-key', 'sk-helicone-', URL64, 20, 80],
      ['openai-style-key', 'sk-', ALNUM, 32, 128, { entropy: 3.2 }],
    ],
  },
  {
    source:
      'Hugging Face Hub, "User access tokens"; Replicate; Groq; Perplexity; xAI; Fireworks; Together; Cerebras; NVIDIA NGC',
    rules: [
      ['huggingface-token', 'hf_ api_org_', ALNUM, 30, 64],
      ['replicate-token', 'r8_', URL64, 37, 40],
      ['groq-key', 'gsk_', ALNUM, 40, 64],
      ['perplexity-key', 'pplx-', ALNUM, 40, 64],
      ['xai-key', 'xai-', WORD, 60, 100],
      ['fireworks-key', 'fw_', ALNUM, 22, 24, { entropy: 3.5, shape: /\d/ }],
      ['together-key', 'tgp_v1_', URL64, 30, 60],
      ['cerebras-key', 'csk-', LOWER, 40, 56],
      ['nvidia-key', 'nvapi-', URL64, 50, 90],
      ['elevenlabs-key', 'sk_', HEX, 48, 48],
    ],
  },
  {
    source:
      'Pinecone, Voyage AI, Jina AI, Tavily, Firecrawl, LangSmith, LlamaCloud, RunPod, Anyscale, Weights & Biases documentation',
    rules: [
      ['pinecone-key', 'pcsk_', WORD, 40, 90],
      ['voyage-key', 'pa-', URL64, 43, 43, { entropy: 4, shape: /\d/ }],
      ['jina-key', 'jina_', URL64, 32, 80],
      ['tavily-key', 'tvly-', URL64, 28, 60],
      ['firecrawl-key', 'fc-', HEX, 32, 32],
      ['langsmith-key', 'lsv2_pt_ lsv2_sk_', WORD, 40, 60],
      ['llamacloud-key', 'llx-', URL64, 40, 64],
      ['runpod-key', 'rpa_', ALNUM, 36, 60],
      ['anyscale-key', 'esecret_', ALNUM, 20, 40],
      ['wandb-key', 'wandb_v1_', WORD, 40, 100],
      ['e2b-key', 'e2b_', HEX, 40, 40],
      ['apify-token', 'apify_api_', ALNUM, 30, 48],
      ['browserbase-key', 'bb_live_ bb_test_', URL64, 24, 40],
    ],
  },
] satisfies readonly SecretFamily[];
