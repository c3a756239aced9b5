import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../src/text/tracking.ts';
import { canonicalUrl, linkUrl } from '../../src/text/url.ts';

/** As they stand in links that people share, by who added them. */
const added: Readonly<Record<string, string>> = {
  'Google Analytics':
    'utm_source=feed utm_medium=rss utm_campaign=Feed%3A+x utm_term=a utm_content=b utm_id=1 utm_source_platform=x utm_social-type=owned ga_source=a _ga=1.2 _gl=1*abc',
  'Google Ads':
    'gclid=Cj0 gclsrc=aw.ds dclid=1 gbraid=0AA wbraid=Cj gad_source=1 gad_campaignid=2 srsltid=Afm usqp=mq3 gs_l=x',
  Matomo: 'mtm_campaign=a mtm_cid=1 matomo_source=x pk_campaign=a pk_kwd=b piwik_campaign=c piwik_kwd=d',
  Facebook:
    'fbclid=IwAR0 fb_action_ids=1 fb_action_types=og.likes fb_source=x fb_ref=y mibextid=abc action_object_map=%7B%7D',
  'other networks':
    'igsh=abc igshid=1 twclid=2 ttclid=3 li_fat_id=4 rdt_cid=5 epik=6 qclid=7 ScCid=8 ndclid=9 __twitter_impression=true _branch_match_id=1 _branch_referrer=2',
  advertisers:
    'msclkid=1 yclid=2 ymclid=3 ysclid=4 yadclid=5 _openstat=6 tblci=7 dicbo=v2 cjevent=8 irclickid=9 irgwc=1 ir_campaignid=2 rb_clickid=3 wickedid=4 oft_id=5 spm=a.b ef_id=x mindbox-click-id=y unicorn_click_id=z vgo_ee=q',
  newsletters:
    'mc_cid=1 mc_eid=2 mc_tc=3 mkt_tok=MzU ml_subscriber=1 ml_subscriber_hash=x ml_sub=1 ck_subscriber_id=5 _bhlid=a bbeml=tp _ke=b _kx=c vero_id=d vero_conv=e bsft_clkid=f bsft_uid=g oly_enc_id=h oly_anon_id=i et_rid=1 et_cid=2 sfmc_id=3 elqTrackId=4 elqTrack=true spMailingID=5 spUserID=6 spJobID=7 spReportId=8 sc_eh=9 sc_uid=1 ss_email_id=2 trk_msg=3 trk_sid=4 h_sid=5 h_slt=6 __s=7 emci=1 emdi=2 can_id=3 email_referrer=4 email_subject=5 akid=1.2.3',
  measurers:
    'hsa_acc=1 _hsenc=p2 _hsmi=3 __hsfp=4 __hssc=5 __hstc=6 hsCtaTracking=7 s_cid=8 cm_mmc=a cm_mmca1=b cm_sp=c WT.mc_id=d wt_mc=e wt_zmc=f wtrid=g at_medium=h at_campaign=i xtor=RSS-1 ns_mchannel=rss ns_source=x ns_campaign=y ns_linkname=z hmsr=a guccounter=1 guce_referrer=b guce_referrer_sig=c cx_click=d cmpid=e ex_cid=f Echobox=167',
};
const everywhere = Object.entries(added).flatMap(([who, pairs]) =>
  pairs.split(' ').map((pair) => [who, pair] as const),
);

describe('what tracks leaves every address', () => {
  test.each(everywhere)('%s: %s', (_who, pair) => {
    expect(canonicalUrl(`https://partner.example/a?p=1&${pair}&page=2`)).toBe('https://partner.example/a?p=1&page=2');
    expect(canonicalUrl(`https://partner.example/a?${pair}`)).toBe('https://partner.example/a');
    expect(linkUrl(`https://partner.example/a#${pair}`)).toBe('https://partner.example/a');
  });

  test.each([
    ['escaped once too often', 'https://partner.example/a?p=1&amp;utm_source=x', 'https://partner.example/a?p=1'],
    [
      'joined with a second question mark',
      'https://partner.example/a?p=1&%3Futm_source=x',
      'https://partner.example/a?p=1',
    ],
    [
      'in capitals, or written in hex',
      'https://partner.example/?UTM_Source=a&%75tm_term=b',
      'https://partner.example/',
    ],
    ['without a value', 'https://partner.example/?fbclid&p=1', 'https://partner.example/?p=1'],
    ['two in a fragment', 'https://partner.example/a#utm_source=x&utm_medium=y', 'https://partner.example/a'],
    [
      'a fragment that says more',
      'https://partner.example/a#utm_source=x&part=2',
      'https://partner.example/a#utm_source=x&part=2',
    ],
    ['a place in the page', 'https://partner.example/a#section=utm', 'https://partner.example/a#section=utm'],
  ])('%s', (_fact, written, result) => {
    expect(linkUrl(written)).toBe(result);
  });
});

describe('what tracks on one site leaves it there', () => {
  test.each([
    [
      'https://www.youtube.com/watch?v=abc&t=42s&si=Xy&feature=share&pp=yg&ab_channel=x&list=PL1&index=2',
      'https://www.youtube.com/watch?v=abc&t=42s&list=PL1&index=2',
    ],
    ['https://youtu.be/abc?si=Xy&t=9', 'https://youtu.be/abc?t=9'],
    ['https://twitter.com/a/status/1?s=20&t=Xy&ref_src=twsrc%5Etfw', 'https://twitter.com/a/status/1'],
    ['https://x.com/a/status/1?s=46&t=Xy', 'https://x.com/a/status/1'],
    ['https://mobile.twitter.com/a/status/1?cxt=H', 'https://mobile.twitter.com/a/status/1'],
    ['https://www.instagram.com/p/abc/?img_index=2&ig_rid=x', 'https://www.instagram.com/p/abc/?img_index=2'],
    [
      'https://www.facebook.com/story.php?story_fbid=1&id=2&__tn__=R&__cft__[0]=A&fref=nf&rdid=x&share_url=y',
      'https://www.facebook.com/story.php?story_fbid=1&id=2',
    ],
    [
      'https://www.tiktok.com/@a/video/1?_r=1&_t=8&is_from_webapp=1&sender_device=pc',
      'https://www.tiktok.com/@a/video/1',
    ],
    [
      'https://www.reddit.com/r/a/comments/1/?share_id=x&context=3&rdt=1',
      'https://www.reddit.com/r/a/comments/1/?context=3',
    ],
    ['https://www.linkedin.com/posts/a?trk=public&trackingId=x&lipi=y&rcm=z', 'https://www.linkedin.com/posts/a'],
    ['https://open.spotify.com/episode/1?si=x&nd=1', 'https://open.spotify.com/episode/1'],
    ['https://soundcloud.com/a/b?si=x&in=a/sets/c', 'https://soundcloud.com/a/b?in=a/sets/c'],
    ['https://a.bandcamp.com/album/b?from=embed', 'https://a.bandcamp.com/album/b'],
    ['https://medium.com/@a/b-1?source=rss-1&sk=friend', 'https://medium.com/@a/b-1?sk=friend'],
    ['https://a.substack.com/p/b?r=1x&s=r&token=eyJ&isFreemail=true', 'https://a.substack.com/p/b'],
    ['https://actionnetwork.org/petitions/a?source=email-1&link_id=3', 'https://actionnetwork.org/petitions/a'],
    ['https://mailchi.mp/a/b?e=0123', 'https://mailchi.mp/a/b'],
    ['https://us1.campaign-archive.com/?u=1&id=2&e=3', 'https://us1.campaign-archive.com/?u=1&id=2'],
    ['https://www.eventbrite.co.uk/e/a-1?aff=x&utm-medium=y', 'https://www.eventbrite.co.uk/e/a-1'],
    ['https://www.gofundme.com/f/a?attribution_id=sl%3A1&member=2&lang=fr', 'https://www.gofundme.com/f/a?lang=fr'],
    ['https://www.change.org/p/a?recruiter=1&recruited_by_id=2', 'https://www.change.org/p/a'],
    ['https://fr.wikipedia.org/wiki/Calais?wprov=sfla1&oldid=3', 'https://fr.wikipedia.org/wiki/Calais?oldid=3'],
    [
      'https://docs.google.com/document/d/1/edit?usp=sharing&tab=t.0',
      'https://docs.google.com/document/d/1/edit?tab=t.0',
    ],
    [
      'https://www.google.fr/search?q=calais&ved=1&ei=2&sxsrf=3&oq=4&source=5&client=6&tbm=isch',
      'https://www.google.fr/search?q=calais&tbm=isch',
    ],
    ['https://www.bing.com/search?q=calais&cvid=1&form=QBLH', 'https://www.bing.com/search?q=calais'],
    [
      'https://www.amazon.co.uk/dp/1?ref=sr_1_1&pd_rd_w=x&pf_rd_p=y&qid=1&sr=8&tag=partner-21&th=1',
      'https://www.amazon.co.uk/dp/1?tag=partner-21&th=1',
    ],
    ['https://www.ebay.de/itm/1?_trkparms=a&mkcid=16&var=2', 'https://www.ebay.de/itm/1?var=2'],
    ['https://www.imdb.com/title/tt1/?ref_=nv_sr_1', 'https://www.imdb.com/title/tt1/'],
    ['https://www.theguardian.com/a?CMP=share_btn_tw&page=2', 'https://www.theguardian.com/a?page=2'],
    [
      'https://www.nytimes.com/a.html?smid=tw-share&unlocked_article_code=1.x',
      'https://www.nytimes.com/a.html?unlocked_article_code=1.x',
    ],
    ['https://www.dw.com/en/a/a-1?maca=en-rss-en-all-1573-rdf', 'https://www.dw.com/en/a/a-1'],
    ['https://www.derstandard.at/story/1?ref=rss', 'https://www.derstandard.at/story/1'],
  ])('%s', (written, result) => {
    expect(canonicalUrl(written)).toBe(result);
  });
});

test.each([
  'https://partner.example/?p=12&page=2&lang=fr&id=3&s=calais&q=x&t=9&v=1',
  'https://partner.example/spip.php?article834&ref=5&source=archive&from=2026-01-01&feature=map&si=unit',
  'https://partner.example/?nb_items=20&cid=4&eid=5&token=abc&e=6&r=7&src=a&trk=b&tag=calais&kw=x&tid=8&mod=9',
  'https://notyoutube.com/watch?si=a&feature=b',
  'https://youtube.com.partner.example/watch?si=a',
  'https://partner.example/amazon?ref=a',
  'https://maps.example/@1,2?utm=32N',
])('what may name another page stays: %s', (url) => {
  expect(canonicalUrl(url)).toBe(url);
});

test('a host of many labels is looked up under its last ones, and one longer than a name may be is none', () => {
  const long = 'ab.'.repeat(80);
  const sites = sitesOf(`${long}youtube.com`);
  expect(sites).toContain('youtube.com');
  expect(sites.join('').length).toBeLessThan(200);
  expect(canonicalUrl(`https://${long}youtube.com/watch?v=1&si=a`)).toBe(`https://${long}youtube.com/watch?v=1`);
  expect(canonicalUrl(`https://${'ab.'.repeat(90)}youtube.com/`)).toBeUndefined();
});
