import {
  ALNUM,
  BASE64,
  BASE64_PARTS,
  DIGITS,
  DOTTED,
  HEX,
  HEX_GROUPS,
  LOWER,
  PATH,
  URL64,
  WORD,
} from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/**
 * A bot's token begins with its snowflake in base64: two digits and four bits of the third, `MTA` for 100… to `OTk` for 99….
 */
const DISCORD_HEADS = ['MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT']
  .flatMap(first => [...'AEIMQUYcgk'].map(third => first + third))
  .join(' ');

/** Chat, mail, telephony and notifications. */
export const MESSAGING = [
  {
    source: 'Slack API, "Token types" and "Incoming webhooks"',
    rules: [
      [
        'slack-token',
        'xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxc- xoxd- xapp- xwfp-',
        BASE64_PARTS,
        10,
        512,
        { entropy: 2.5 },
      ],
      ['slack-config-token', 'xoxe.xoxb- xoxe.xoxp-', URL64, 40, 300],
      [
        'slack-webhook',
        'hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/',
        PATH,
        30,
        120,
      ],
    ],
  },
  {
    source: 'Discord developer documentation: snowflakes in base64, then time and HMAC; webhooks',
    rules: [
      [
        'discord-bot-token',
        DISCORD_HEADS,
        DOTTED,
        50,
        90,
        { entropy: 3.5, isExact: true, shape: /^[\w-]{20,27}\.[\w-]{6}\.[\w-]{25,45}$/ },
      ],
      ['discord-webhook', 'discord.com/api/webhooks/ discordapp.com/api/webhooks/', PATH, 50, 120],
    ],
  },
  {
    source: 'Microsoft Learn, "Incoming webhooks"; Google Chat; Zapier; Feishu; WeCom documentation',
    rules: [
      ['teams-webhook', 'webhook.office.com/webhookb2/ outlook.office.com/webhook/', PATH, 60, 300],
      ['zapier-webhook', 'hooks.zapier.com/hooks/catch/', PATH, 10, 60],
      [
        'feishu-webhook',
        'open.feishu.cn/open-apis/bot/v2/hook/ open.larksuite.com/open-apis/bot/v2/hook/',
        PATH,
        30,
        60,
      ],
      ['wecom-webhook', 'qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', HEX_GROUPS, 30, 40],
    ],
  },
  {
    source: 'Telegram Bot API, "Authorizing your bot"',
    rules: [
      [
        'telegram-bot',
        ':AA',
        URL64,
        32,
        36,
        { entropy: 3.3, isExact: true, head: { body: DIGITS, min: 7, max: 11 } },
      ],
    ],
  },
  {
    source: 'SendGrid API reference (keys of Twilio: secret-runs.ts)',
    rules: [['sendgrid-key', 'SG.', DOTTED, 50, 80, { entropy: 3.5, shape: /^[\w-]{16,32}\./ }]],
  },
  {
    source: 'Mailgun, Mailchimp, Mandrill, Brevo, Resend, Postmark, Klaviyo, Customer.io documentation',
    rules: [
      ['mailgun-key', 'key- pubkey-', LOWER, 32, 32],
      [
        'mailchimp-key',
        '-us',
        DIGITS,
        1,
        2,
        { entropy: 2.5, isExact: true, head: { body: HEX, min: 32, max: 32 } },
      ],
      ['mailchimp-named-key', 'mailchimp_', HEX, 32, 40],
      ['mandrill-key', 'md-', URL64, 22, 22, { entropy: 3.5, shape: /\d/ }],
      ['brevo-key', 'xkeysib- xsmtpsib-', URL64, 40, 120],
      ['resend-key', 're_', WORD, 20, 48, { shape: /^[A-Za-z0-9]{8}_[A-Za-z0-9]{16,}$/ }],
      ['klaviyo-key', 'pk_', WORD, 34, 45, { shape: /^(?:[A-Za-z0-9]{6}_)?[0-9a-f]{34}$/ }],
      ['onesignal-key', 'os_v2_app_ os_v2_org_', LOWER, 60, 130],
    ],
  },
  {
    source:
      'HubSpot, Intercom, Typeform, Frame.io, PubNub, Facebook Graph API, Instagram, Twitter/X, Twitch documentation',
    rules: [
      ['hubspot-token', 'pat-na1- pat-na2- pat-eu1- pat-ap1-', HEX_GROUPS, 36, 36],
      ['intercom-token', 'dG9rOj', BASE64, 40, 80],
      ['typeform-token', 'tfp_', BASE64_PARTS, 36, 80],
      ['frameio-token', 'fio-u-', URL64, 50, 70],
      ['pubnub-key', 'sec-c-', BASE64, 40, 60],
      ['pubnub-subscribe-key', 'pub-c- sub-c-', HEX_GROUPS, 36, 36],
      ['facebook-token', 'EAAC EAAG EAAB EAAM EAAA EAAI EAAJ', ALNUM, 80, 400],
      ['instagram-token', 'IGQV IGQW IGAA', URL64, 80, 300],
      ['twitter-bearer-token', 'AAAAAAAAAAAAAAAAAAAAA', BASE64_PARTS, 60, 140],
    ],
  },
] satisfies readonly SecretFamily[];
