import { lines } from './session.ts';
import type { Session } from './session.ts';

/** What tools for clusters, clouds and code print. */
export const TOOL_SESSIONS: readonly Session[] = [
  {
    name: 'journalctl short',
    writes: [
      lines(
        'Nov 30 12:00:01 db1 sshd[812]: Accepted password for root',
        'Nov 30 12:00:02 db1 app[9]: user login email=«h.tanaka@example.jp» ip ok',
        'Nov 30 12:00:03 db1 app[9]: charge card=«3530111333300000» amount=12.00',
        'Nov 30 12:00:04 db1 app[9]: customer «Hiroshi Tanaka» called from «+81 90-1234-5678»',
      ),
    ],
  },
  {
    name: 'kubectl get secret yaml',
    writes: [
      lines(
        'apiVersion: v1',
        'data:',
        '  DB_PASSWORD: «WGsyOSFwcUxtdg==»',
        '  username: YWRtaW4=',
        '  api-key: «c2tfbGl2ZV80ZUMzOUhxTHlqV0Rhcmp0VDF6ZHA3ZGM=»',
        '  tls.key: «LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJna3Fo»',
        'kind: Secret',
        'metadata:',
        '  name: db',
      ),
    ],
  },
  {
    name: 'kubectl describe pod env',
    writes: [
      lines(
        '    Environment:',
        '      POSTGRES_PASSWORD:  «Tr0ub4dor&3»',
        '      SMTP_USER:          «noreply.robot@example.com»',
        '      SENTRY_DSN:         https://«0123456789abcdef0123456789abcdef»@o1.ingest.sentry.io/2',
      ),
    ],
  },
  {
    name: 'docker inspect Env',
    writes: [
      lines(
        '            "Env": [',
        '                "MYSQL_ROOT_PASSWORD=«my-s3cr3t-pw»",',
        '                "STRIPE_KEY=«sk_liv¦e_4eC39HqLyjWDarjtT1zdp7dc»",',
        '                "MAIL_FROM=«billing.team@example.com»"',
      ),
    ],
  },
  {
    name: 'docker logs json',
    writes: [
      '{"level":30,"time":1700000000123,"pid":1,"hostname":"a1b2","req":{"headers":{"authorization":"Bearer «eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImFAYi5jIn0.Zm9vYmFyZm9vYmFyZm9v»","cookie":"sid=«s%3AkJ8dLq2mN9pR4tV7.wXyZ»"}},"user":{"name":"«Chidi Anagonye»","dob":"«1982-01-09»"}}\r\n',
    ],
  },
  {
    name: 'curl -v cookies',
    writes: [
      lines(
        '> GET /api HTTP/1.1',
        '> Host: api.example.com',
        '> Authorization: Basic «YWxpY2U6b3BlbnNlc2FtZTE=»',
        '> Cookie: session=«9f8e7d6c5b4a39281706»; csrftoken=«Qx7bZp2LmN4vK8s»',
        '< HTTP/1.1 200 OK',
        '< Set-Cookie: sessionid=«k3j4h5g6f7d8s9a0»; Path=/; HttpOnly',
        '< X-Api-Key: «b2f7c1d9e8a64f03»',
      ),
    ],
  },
  {
    name: 'env dump',
    writes: [
      lines(
        'HOME=/root',
        'AWS_ACCESS_KEY_ID=«AK¦IAQ3EGRZ7XW5T2MNBV»',
        'AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzEXAMPLKY»',
        'AWS_SESSION_TOKEN=«IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDxyz»',
        'DATABASE_URL=postgres://shop:«p4ss%2Fw0rd»@db/shop',
        'SLACK_WEBHOOK=https://hooks.slack.com/services/«T0A1B2C3D/B4E5F6G7H/k8L9m0N1p2Q3r4S5t6U7v8W9»',
        'NPM_TOKEN=«np¦m_YFqoOc1DAjqJ1fxQK7tAVcYJfPSRIqa9YX8z»',
      ),
    ],
  },
  {
    name: 'git log authors',
    writes: [
      lines(
        '\x1b[33mcommit 9fceb02d0ae598e95dc970b74767f19372d61af8\x1b[m',
        'Author: «Linnea Bergström» <«linnea.b@exempel.se»>',
        'Date:   Mon Nov 30 12:00:00 2026 +0100',
        '',
        '    Fix the thing',
        '    ',
        '    Signed-off-by: «Linnea Bergström» <«linnea.b@exempel.se»>',
      ),
    ],
  },
  {
    name: 'git blame',
    writes: [
      lines(
        '^1a2b3c4 (<«t.eriksen@eksempel.no»> 2024-03-01 12:00:00 +0100 1) foo',
        '9fceb02d («Tone Eriksen»       2024-03-01 12:00:00 +0100 2) password = "«letmein99X»"',
      ),
    ],
  },
  {
    name: 'git diff coloured',
    values: ['sk_liv¦e_4eC39HqLyjWDarjtT1zdp7dc', 'sk_liv¦e_9aB12cD34eF56gH78iJ90kLm'],
    writes: [
      lines(
        '\x1b[31m-  "stripe": "sk_liv¦e_4eC39HqLyjWDarjtT1zdp7dc",\x1b[m',
        '\x1b[32m+\x1b[m\x1b[32m  "stripe": "sk_liv¦e_9aB12cD34eF56gH78iJ90kLm",\x1b[m',
      ),
    ],
  },
  {
    name: 'aws iam list-users table',
    writes: [
      lines(
        '-------------------------------------------------------------',
        '|                         ListUsers                         |',
        '+-----------------------+-----------------------------------+',
        '|  Arn                  |  arn:aws:iam::1:user/x            |',
        '|  UserName             |  ops                              |',
        '|  Email                |  «anneliese.braun@beispiel.de»      |',
        '+-----------------------+-----------------------------------+',
      ),
    ],
  },
];
