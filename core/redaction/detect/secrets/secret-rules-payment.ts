import { ALNUM, BASE64, BASE64_PARTS, CRYPT, HEX, HEX_GROUPS, URL64, WORD } from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Payment, banking, commerce and shipping. */
export const PAYMENT = [
  {
    source: 'Stripe docs, "API keys", "Webhooks" and client secrets',
    rules: [
      ['stripe-key', 'sk_live_ sk_test_ rk_live_ rk_test_ sk_org_live_ sk_org_test_', WORD, 16, 255],
      ['stripe-webhook', 'whsec_', BASE64, 24, 255],
      [
        'stripe-client-secret',
        'pi_ seti_ cs_live_ cs_test_',
        WORD,
        40,
        140,
        { shape: /_secret_|^[A-Za-z0-9]{50,}$/ },
      ],
    ],
  },
  {
    source:
      'Square, PayPal and Braintree, Razorpay, Paystack, Flutterwave, Mercado Pago, Pagar.me developer documentation',
    rules: [
      ['square-token', 'sq0atp- sq0csp- sandbox-sq0atb- sandbox-sq0csb-', URL64, 20, 64],
      ['square-access-token', 'EAAA', URL64, 60, 60],
      ['paypal-access-token', 'A21AA', URL64, 80, 110],
      ['braintree-token', 'access_token$production$ access_token$sandbox$', CRYPT, 40, 80],
      ['razorpay-key', 'rzp_live_ rzp_test_', ALNUM, 14, 14],
      ['flutterwave-key', 'FLWSECK- FLWSECK_TEST- FLWSECK_LIVE-', URL64, 12, 64],
      ['mercadopago-token', 'APP_USR-', URL64, 50, 90],
      ['pagarme-key', 'ak_live_ ak_test_', ALNUM, 30, 30],
    ],
  },
  {
    source: 'Adyen, Plaid, GoCardless, Mollie, Lob, Paddle, Ramp, Brex, Checkout.com documentation',
    rules: [
      ['adyen-key', 'AQE', BASE64, 100, 300, { entropy: 4 }],
      ['plaid-token', 'access-sandbox- access-development- access-production-', HEX_GROUPS, 36, 36],
      ['gocardless-token', 'live_ sandbox_', URL64, 40, 40, { entropy: 3.5 }],
      ['mollie-key', 'live_ test_', ALNUM, 30, 30, { entropy: 3.5 }],
      ['lob-key', 'live_ test_', HEX, 35, 35],
      ['paddle-key', 'pdl_live_apikey_ pdl_sdbx_apikey_', WORD, 40, 90],
      ['ramp-secret', 'ramp_sec_', ALNUM, 40, 60],
      ['brex-token', 'bxt_', ALNUM, 30, 60],
      ['checkout-key', 'sk_sbox_', BASE64, 20, 60],
      ['secret-token-uri', 'secret-token:', BASE64_PARTS, 12, 400],
    ],
  },
  {
    source: 'Shopify, "Access tokens"; EasyPost, Shippo, Duffel, Flexport, Samsara, Etsy documentation',
    rules: [
      ['shopify-token', 'shpat_ shpca_ shppa_ shpss_ shptka_', HEX, 28, 40],
      ['easypost-key', 'EZAK EZTK', ALNUM, 54, 54],
      ['shippo-token', 'shippo_live_ shippo_test_', HEX, 40, 40],
      ['duffel-key', 'duffel_live_ duffel_test_', URL64, 40, 50],
      ['flexport-token', 'shltm_', URL64, 40, 40],
      ['samsara-token', 'samsara_api_', ALNUM, 20, 60],
    ],
  },
] satisfies readonly SecretFamily[];
