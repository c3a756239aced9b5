/**
 * Parts of an address that say how a reader came to a page and never what is shown there. The tables hold what the lists
 * of ClearURLs, Firefox and Brave agree on, and what newsletters add to every link of theirs; names that pages use for
 * their own ends on other sites (`ref`, `s`, `source`) count only on the site where they are known to track. What pays a
 * partner (Amazon's `tag`) or opens a page (a gift link's token) stays.
 */

/** By who writes them. A trailing `*` matches any ending; case says nothing. */
const everywhere: readonly string[] = [
  // Google Analytics, Ads, Merchant; its imitators
  'utm_* ga_* _ga _gl gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid gs_l srsltid usqp itm_* otm_* hmb_*',
  // Matomo and Piwik
  'mtm_* matomo_* pk_* piwik_*',
  // social networks
  'fb_* fbclid mibextid action_object_map action_ref_map action_type_map igsh igshid twclid __twitter_impression',
  'ttclid li_fat_id rdt_cid epik qclid sccid ndclid _branch_match_id _branch_referrer',
  // advertisers and shops
  'msclkid yclid ymclid ysclid yadclid yadordid _openstat tblci dicbo cjevent irclickid irgwc ir_* rb_clickid wickedid',
  'oft_* unicorn_click_id vgo_ee mindbox-click-id ef_id spm redirect_mongo_id redirect_log_mongo_id',
  // newsletters
  'mc_cid mc_eid mc_tc mkt_tok ml_subscriber ml_subscriber_hash ml_sub ml_sub_hash ck_subscriber_id _bhlid bbeml _ke _kx',
  'vero_id vero_conv bsft_* oly_anon_id oly_enc_id et_cid et_rid sfmc_* elqtrack elqtrackid elqaid elqat elqak',
  'spmailingid spuserid spjobid spreportid sc_customer sc_eh sc_uid sc_lid sc_llid ss_email_id ss_campaign_id',
  'ss_campaign_name ss_campaign_sent_date trk_contact trk_msg trk_module trk_sid h_sid h_slt __s',
  'emci emdi can_id email_referrer email_subject akid',
  // HubSpot, Adobe, Webtrends, AT Internet, comScore, Baidu, Yahoo
  'hsa_* _hsenc _hsmi __hsfp __hssc __hstc hsctatracking s_cid s_campaign cm_mmc* cm_cr cm_me cm_re cm_sp wt.* wt_mc',
  'wt_zmc wtmc wtzmc wtrid at_* xtor ns_mchannel ns_source ns_campaign ns_linkname ns_fee hmsr hmpl hmcu hmkw hmci',
  'guccounter guce_referrer guce_referrer_sig cx_click cx_recsorder cx_recswidget',
  // papers
  'campaign_medium campaign_name cmpid tracking_source os_ehash ex_cid echobox',
];

/** Names that track on these sites only (hosts under them too; `.*` is any country's domain). */
const onSites: readonly (readonly [sites: string, names: string])[] = [
  ['youtube.com youtu.be', 'si feature pp app ab_channel kw source_ve_path embeds_*'],
  ['x.com twitter.com', 's t ref_src ref_url cn cxt src'],
  ['instagram.com', 'ig_rid ig_mid'],
  ['threads.net threads.com', 'xmt slof'],
  [
    'facebook.com',
    'ref fref refid refsrc hc_* __tn__ __cft__* __xts__* eid rdid share_url comment_tracking paipv eav acontext notif_t notif_id pnref ls_ref _rdc _rdr',
  ],
  [
    'tiktok.com',
    '_r _t is_copy_url is_from_webapp sender_device sender_web_id share_app_id share_item_id share_link_id social_sharing tt_from u_code refer referer_url referer_video_id embed_source ugbiz_name',
  ],
  ['reddit.com', 'share_id rdt ref ref_campaign ref_source correlation_id post_fullname $deep_link $3p $original_url'],
  ['linkedin.com', 'trk trackingid refid lipi lici licu trackingcode original_referer rcm midtoken midsig trkemail'],
  ['pinterest.com', 'sender invite_code'],
  ['spotify.com', 'si nd'],
  ['soundcloud.com', 'si'],
  ['bandcamp.com', 'from'],
  ['medium.com tumblr.com', 'source'],
  ['substack.com', 'r s token isfreemail showwelcome triedredirect'],
  ['actionnetwork.org', 'source link_id'],
  ['mailchi.mp campaign-archive.com', 'e'],
  ['eventbrite.com eventbrite.co.uk eventbrite.de eventbrite.fr eventbrite.es eventbrite.it', 'aff ref utm-*'],
  ['gofundme.com', 'attribution_id member rcid'],
  ['change.org', 'recruiter recruited_by_id share_bandit_exp'],
  ['wikipedia.org wikimedia.org', 'wprov'],
  ['github.com', 'email_token email_source'],
  ['docs.google.com drive.google.com', 'usp'],
  [
    'google.*',
    'ved ei sa usg gs_* sclient sca_esv sca_upv sxsrf oq aqs sourceid rlz uact source bih biw dpr cad cd client iflsg gws_rd pcampaignid',
  ],
  ['bing.com', 'cvid form sk sp sc qs qp ghc'],
  ['msn.com microsoft.com', 'ocid cvid'],
  [
    'amazon.*',
    'ref ref_ pd_rd_* pf_rd_* qid sr crid sprefix dib dib_tag linkcode linkid creative creativeasin camp ascsubtag content-id social_share _encoding',
  ],
  ['ebay.*', '_trkparms _trksid _from mkcid mkevt mkrid ssspo sssrc ssuid widget_ver'],
  ['imdb.com', 'ref_ pf_rd_*'],
  ['theguardian.com', 'cmp intcmp acquisitiondata'],
  ['nytimes.com', 'smid smtyp referringsource sgrp ugrp regi_id segment_id instance_id user_id'],
  ['washingtonpost.com', 'itid wpisrc wpmm wpsrc tid'],
  ['wsj.com', 'mod reflink'],
  ['bloomberg.com', 'srnd in_source leadsource sref'],
  ['dw.com', 'maca'],
  ['derstandard.at derstandard.de repubblica.it lastampa.it', 'ref'],
  ['spiegel.de', 'sara_ref sara_ecid'],
];

interface Names {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

function namesIn(lines: readonly string[]): Names {
  const words = lines.flatMap((line) => line.split(' '));
  return {
    whole: new Set(words.filter((word) => !word.endsWith('*'))),
    beginnings: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
  };
}
const namesEverywhere = namesIn(everywhere);
const namesBySite = new Map(
  onSites.flatMap(([sites, names]) => sites.split(' ').map((site) => [site, namesIn([names])])),
);

/**
 * A query, or a fragment that is written like one, without what tracks. What stays keeps its order and spelling.
 * @param pairs without `?` or `#`
 * @param host of the page, lower case
 */
export function withoutTracking(pairs: string, host: string): string {
  const lists = [namesEverywhere, ...sitesOf(host).flatMap((site) => namesBySite.get(site) ?? [])];
  return pairs
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair.split('=', 1)[0] ?? '', lists))
    .join('&');
}

function isTracking(written: string, lists: readonly Names[]): boolean {
  // Joined by hand or escaped once too often, a pair begins with `?` or with what is left of `&amp;`.
  const name = decodeLoosely(written)
    .toLowerCase()
    .replace(/^(?:\?|amp;)+/, '');
  return lists.some(({ whole, beginnings }) => whole.has(name) || beginnings.some((one) => name.startsWith(one)));
}

/** The names under which a host stands in a table: its own, those it is under, and `name.*` for a country's domain. */
export function sitesOf(host: string): readonly string[] {
  const known = sitesByHost.get(host);
  if (known !== undefined) return known;
  const sites = namesFor(host);
  if (sitesByHost.size >= mostHosts) sitesByHost.clear();
  sitesByHost.set(host, sites);
  return sites;
}

/** A text links to few hosts, many times. */
const sitesByHost = new Map<string, readonly string[]>();
const mostHosts = 1_000;
/** More than any name in a table has: all ends of a long host would be a megabyte. */
const mostLabels = 6;

function namesFor(host: string): readonly string[] {
  const labels = host.replace(/^www\./, '').split('.');
  const anyCountry = /^([a-z-]+)\.(?:com?\.)?[a-z]{2,3}$/.exec(labels.join('.'))?.[1];
  const last = labels.slice(-mostLabels);
  const under = last.map((_, index) => last.slice(index).join('.'));
  return anyCountry === undefined ? under : [...under, `${anyCountry}.*`];
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is no reason to lose a parameter
  }
}
