import { describe, expect, test } from 'vitest';
import { renderOpml } from '../../src/publish/opml.ts';
import type { SourceView } from '../../src/publish/views.ts';
import { hasXmllint, site, tree, xmllint } from './feeds-story.ts';

function source(changes: Partial<SourceView>): SourceView {
  return {
    key: 'harbour.example',
    name: 'Harbour Watch',
    home: 'https://harbour.example/',
    feedUrl: 'https://harbour.example/feed/',
    lang: 'en',
    show: 'full',
    licence: undefined,
    sections: ['calais'],
    state: 'ok',
    since: undefined,
    reason: undefined,
    remark: undefined,
    ...changes,
  };
}

const sources = [
  source({}),
  source({
    name: 'Both <sides> & "more" \u0001',
    feedUrl: 'https://both.example/?feed=rss2&cat=3',
    sections: ['balkans', 'calais'],
    home: undefined,
    lang: undefined,
  }),
  source({ name: 'Nowhere', feedUrl: 'javascript:alert(1)' }),
];

describe('OPML of the sources', () => {
  const $ = tree(renderOpml(site({ title: 'News & <views>' }), sources));

  test('has a folder for each section, with its sources in the order given', () => {
    const folders = $('body > outline')
      .toArray()
      .map((one) => [
        one.attribs.text,
        $(one)
          .children()
          .toArray()
          .map((child) => child.attribs.xmlUrl),
      ]);
    expect(folders).toEqual([
      ['Calais', ['https://harbour.example/feed/', 'https://both.example/?feed=rss2&cat=3']],
      ['Balkans', ['https://both.example/?feed=rss2&cat=3']],
    ]);
  });

  test('says of each source what a reader needs to follow it', () => {
    expect($('outline outline').first().attr()).toEqual({
      type: 'rss',
      text: 'Harbour Watch',
      title: 'Harbour Watch',
      xmlUrl: 'https://harbour.example/feed/',
      htmlUrl: 'https://harbour.example/',
      language: 'en',
    });
    expect($('outline outline').last().attr()).toEqual({
      type: 'rss',
      text: 'Both <sides> & "more"',
      title: 'Both <sides> & "more"',
      xmlUrl: 'https://both.example/?feed=rss2&cat=3',
    });
  });

  test('is version 2.0, and names no moment, so that it changes with the sources only', () => {
    expect($('opml').attr('version')).toBe('2.0');
    expect($('head > title').text()).toBe('News & <views>');
    expect($('dateCreated, dateModified').length).toBe(0);
  });

  test('leaves out folders without a source', () => {
    expect(tree(renderOpml(site(), [source({})]))('body > outline').length).toBe(1);
    expect(tree(renderOpml(site(), []))('body > outline').length).toBe(0);
  });

  test.skipIf(!hasXmllint)('is well-formed for xmllint (skipped where it is not installed)', () => {
    expect(xmllint([renderOpml(site({ title: ']]> & \ud800' }), sources), renderOpml(site(), [])])).toBe('');
  });
});
