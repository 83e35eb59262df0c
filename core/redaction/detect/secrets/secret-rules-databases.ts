import {
  ALNUM,
  BASE64,
  BASE64_PARTS,
  DOTTED,
  HEX,
  HEX_GROUPS,
  LOWER,
  URL64,
  WORD,
} from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Databases, warehouses, queues and their clouds. */
export const DATABASES = [
  {
    source:
      'Databricks, "Personal access tokens" and OAuth secrets; dbt Cloud; Astra DB; MongoDB Atlas service accounts',
    rules: [
      ['databricks-token', 'dapi', HEX_GROUPS, 32, 34],
      ['databricks-secret', 'dose', HEX, 32, 32],
      ['dbt-token', 'dbtc_ dbtu_', BASE64, 32, 80],
      ['astra-token', 'AstraCS:', BASE64_PARTS, 60, 110],
      ['mongodb-atlas-secret', 'mdb_sa_sk_', URL64, 30, 50],
    ],
  },
  {
    source:
      'PlanetScale, Supabase, Neon, CockroachDB, Aiven, Xata, Tigris, Elastic, Fauna, Confluent documentation',
    rules: [
      ['planetscale', 'pscale_tkn_ pscale_pw_ pscale_oauth_', DOTTED, 32, 64],
      ['supabase-key', 'sbp_ sb_secret_ sbp_v0_', URL64, 20, 64],
      ['neon-key', 'napi_', LOWER, 50, 70],
      ['neon-password', 'npg_', ALNUM, 12, 16],
      ['cockroach-key', 'CCDB1_', WORD, 50, 80],
      ['aiven-password', 'AVNS_', URL64, 15, 40],
      ['xata-key', 'xau_', ALNUM, 20, 60],
      ['tigris-key', 'tsec_', URL64, 40, 64],
      ['elastic-cloud-key', 'essu_', BASE64, 40, 200],
      ['confluent-secret', 'cflt', BASE64, 60, 60, { entropy: 4 }],
    ],
  },
] satisfies readonly SecretFamily[];
