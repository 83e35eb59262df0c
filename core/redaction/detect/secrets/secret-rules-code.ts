import { ALNUM, BASE64, BASE64_PARTS, DOTTED, HEX, LOWER, UPPER, URL64, WORD } from './secret-alphabets.ts';
import { endsInBase62Crc } from './secret-checksums.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Code hosting, continuous integration, code quality, infrastructure as code. */
export const CODE_HOSTING = [
  {
    source: 'GitHub docs, "GitHub token types"; the GitHub blog on token formats',
    rules: [
      ['github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', ALNUM, 20, 255, { checksum: endsInBase62Crc }],
      ['github-fine-grained', 'github_pat_', WORD, 22, 255],
    ],
  },
  {
    source: 'GitLab docs, "Token overview", prefixes',
    rules: [
      [
        'gitlab-token',
        'glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- glwt-',
        DOTTED,
        16,
        400,
      ],
      ['gitlab-oauth-secret', 'gloas-', URL64, 20, 128],
      ['gitlab-runner-registration', 'GR1348941', URL64, 20, 20],
    ],
  },
  {
    source:
      'Atlassian support, "Manage API tokens"; Bitbucket app passwords and repository access tokens; Trello REST API',
    rules: [
      ['atlassian-token', 'ATATT3 ATCTT3', BASE64, 20, 400],
      ['bitbucket-password', 'ATBB', BASE64, 20, 64],
      ['bitbucket-server-token', 'BBDC-', BASE64, 40, 50],
      ['trello-token', 'ATTA', ALNUM, 60, 76],
    ],
  },
  {
    source: 'CircleCI, Buildkite, Prefect, Harness, Octopus Deploy, Infracost documentation of API tokens',
    rules: [
      ['circleci-token', 'CCIPAT_ CCIPRJ_', WORD, 40, 80],
      ['buildkite-token', 'bkua_ bkpt_ bkct_ bkaj_', ALNUM, 20, 64],
      ['prefect-key', 'pnu_ pnb_', ALNUM, 30, 48],
      [
        'harness-key',
        'pat. sat.',
        DOTTED,
        60,
        90,
        { shape: /^[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}$/ },
      ],
      ['octopus-key', 'API-', UPPER, 26, 32, { isExact: true }],
      ['infracost-key', 'ico-', ALNUM, 32, 32],
      ['depot-token', 'depot_', WORD, 40, 100],
      ['ionic-token', 'ion_', LOWER, 42, 42],
    ],
  },
  {
    source: 'SonarQube, Snyk, Sourcegraph, Semgrep, StackHawk, Socket, Dependency-Track documentation',
    rules: [
      ['sonar-token', 'squ_ sqp_ sqa_', ALNUM, 40, 40],
      ['snyk-token', 'snyk_uat. snyk_sat.', DOTTED, 30, 200],
      [
        'sourcegraph-token',
        'sgp_ slk_ sgd_ sgs_',
        WORD,
        40,
        80,
        { shape: /^(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40,64}$/ },
      ],
      ['segment-token', 'sgp_', ALNUM, 64, 64],
      ['stackhawk-key', 'hawk.', DOTTED, 41, 41],
      ['socket-token', 'sktsec_', URL64, 30, 80],
      ['dependency-track-key', 'odt_', ALNUM, 32, 255],
      ['endor-token', 'endr+', URL64, 16, 16],
    ],
  },
  {
    source: 'Terraform Cloud, Vault ("Token prefix") documentation of HashiCorp; Pulumi; Doppler; Infisical',
    rules: [
      ['terraform-token', '.atlasv1.', BASE64, 60, 80, { head: { body: ALNUM, min: 10, max: 20 } }],
      ['terraform-token-tail', 'atlasv1.', BASE64, 60, 80],
      ['vault-token', 'hvs. hvb. hvr.', URL64, 20, 300],
      ['pulumi-token', 'pul-', HEX, 40, 40],
      ['doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', DOTTED, 36, 80],
      ['infisical-token', 'st.', DOTTED, 80, 200, { shape: /^[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{24,}$/ }],
    ],
  },
  {
    source: 'Docker docs, "Access tokens" and swarm join tokens; Rancher, Portainer, OpenShift documentation',
    rules: [
      ['docker-token', 'dckr_pat_ dckr_oat_', URL64, 20, 64],
      ['docker-swarm-token', 'SWMTKN-1-', URL64, 50, 100],
      ['docker-swarm-key', 'SWMKEY-1-', BASE64, 30, 60],
      ['rancher-token', 'token-', BASE64_PARTS, 50, 70, { shape: /^[a-z0-9]{5}:[a-z0-9]{40,64}$/ }],
      ['portainer-token', 'ptr_', BASE64, 40, 60],
      ['openshift-token', 'sha256~', URL64, 40, 50],
    ],
  },
] satisfies readonly SecretFamily[];
