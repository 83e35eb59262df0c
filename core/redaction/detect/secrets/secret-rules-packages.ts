import { ALNUM, BASE64, HEX, HEX_GROUPS, LOWER, URL64 } from './secret-alphabets.ts';
import { endsInBase62Crc } from './secret-checksums.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Package registries and artifact stores. */
export const PACKAGE_REGISTRIES = [
  {
    source: 'npm docs, "About access tokens"; the GitHub blog on the format of npm tokens',
    rules: [['npm-token', 'npm_', ALNUM, 30, 64, { checksum: endsInBase62Crc }]],
  },
  {
    source:
      'PyPI help, "API tokens"; RubyGems guides; NuGet, crates.io, JSR, Clojars, Packagist, Open VSX documentation',
    rules: [
      ['pypi-token', 'pypi-AgE', URL64, 40, 1024],
      ['rubygems-key', 'rubygems_', HEX, 40, 64],
      ['nuget-key', 'oy2', LOWER, 43, 43],
      ['crates-token', 'cio', ALNUM, 32, 32, { entropy: 3.5 }],
      ['jsr-token', 'jsrp_ jsrs_', ALNUM, 20, 80],
      ['clojars-token', 'CLOJARS_', HEX, 60, 60],
      [
        'packagist-token',
        'packagist_ack_ packagist_uut_ packagist_ort_ packagist_out_ packagist_urt_',
        HEX,
        40,
        90,
      ],
      ['open-vsx-token', 'ovsxp_ ovsxat_', URL64, 20, 80],
    ],
  },
  {
    source:
      'JFrog, "Access tokens" and "API keys"; Sonatype Nexus; Cloudsmith; Artifact Hub; Chromatic documentation',
    rules: [
      ['artifactory-key', 'AKCp', ALNUM, 60, 80],
      ['artifactory-reference-token', 'cmVmdGtuOjAx', BASE64, 40, 80],
      ['nexus-token', 'NpmToken. NuGetApiKey. DockerToken.', HEX_GROUPS, 36, 36],
      ['chromatic-token', 'chpt_', HEX, 8, 32, { isExact: true }],
      ['readme-key', 'rdme_', LOWER, 60, 80],
    ],
  },
] satisfies readonly SecretFamily[];
