import { ALNUM, BASE64, DOTTED, HEX, HEX_GROUPS, PATH, URL64, WORD } from './secret-alphabets.ts';
import { endsInHexCrc } from './secret-checksums.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Monitoring, incidents, analytics, feature flags. */
export const MONITORING = [
  {
    source:
      'Grafana docs, "Service account tokens" and "Cloud access policies"; its legacy API keys are JSON in base64',
    rules: [
      ['grafana-token', 'glsa_', WORD, 30, 60, { checksum: endsInHexCrc('glsa_') }],
      ['grafana-cloud-token', 'glc_', BASE64, 30, 400],
      ['grafana-key', 'eyJrIjoi', BASE64, 60, 400],
    ],
  },
  {
    source: 'New Relic docs, "API keys"; Dynatrace, "Token format"; Honeycomb; Axiom; Logfire',
    rules: [
      ['newrelic-key', 'NRAK- NRJS- NRII- NRRA- NRIQ- NRBR- NRSP-', URL64, 19, 48],
      ['dynatrace-token', 'dt0c01. dt0s01. dt0s02. dt0s03. dt0s04. dt0s06. dt0s08. dt0s16.', DOTTED, 60, 120],
      ['honeycomb-key', 'hcaik_ hcbik_ hcxik_ hcalk_ hcamk_', ALNUM, 40, 80],
      ['axiom-token', 'xaat- xapt- xait-', HEX_GROUPS, 36, 36],
      ['logfire-token', 'pylf_v1_ pylf_v2_', WORD, 30, 80],
      ['coralogix-key', 'cxtp_ cxup_', ALNUM, 20, 40],
      ['honeybadger-token', 'hbp_', ALNUM, 36, 36],
      ['checkly-key', 'cu_', HEX, 32, 32],
    ],
  },
  {
    source: 'Sentry docs, "Auth tokens"; Rootly; PagerDuty REST API; Cronitor; Tailscale and NetBird keys',
    rules: [
      ['sentry-token', 'sntrys_ sntryu_ sntrya_ sntryi_', BASE64, 40, 400],
      ['rootly-token', 'rootly_', HEX, 60, 64],
      ['pagerduty-user-key', 'u+', URL64, 18, 18, { entropy: 3.2, shape: /\d/ }],
      ['tailscale-key', 'tskey-', URL64, 20, 80],
      ['netbird-token', 'nbp_ nbs_', ALNUM, 36, 36],
      ['defined-networking-key', 'dnkey-', URL64, 60, 90],
    ],
  },
  {
    source: 'PostHog, LaunchDarkly, Statsig, Stytch, ConfigCat, RudderStack, Metabase documentation of keys',
    rules: [
      ['posthog-key', 'phx_ phs_ pha_ phr_', WORD, 36, 64],
      ['launchdarkly-key', 'api- sdk-', HEX_GROUPS, 36, 36, { shape: /^[0-9a-f]{8}-[0-9a-f]{4}-4/ }],
      ['statsig-key', 'secret-', ALNUM, 38, 50, { isExact: true }],
      ['stytch-secret', 'secret-live- secret-test-', BASE64, 30, 60],
      ['configcat-key', 'configcat-sdk-1/ configcat-proxy/', PATH, 30, 90],
    ],
  },
] satisfies readonly SecretFamily[];
