import { describe, expect, it } from 'vitest';
import { readXml } from '../../lambdas/platforms/read-xml.ts';

describe('reading XML', () => {
  it('resolves prefixes, whatever they are called and wherever they are declared', () => {
    const root = readXml('<x:a xmlns:x="urn:1" xmlns="urn:2"><b/><x:c xmlns:x="urn:3"><x:d/></x:c><e xmlns=""/></x:a>');
    const [b, c, e] = root.children;
    expect([root.namespace, b?.namespace, c?.namespace, c?.children[0]?.namespace, e?.namespace]).toEqual([
      'urn:1',
      'urn:2',
      'urn:3',
      'urn:3',
      '',
    ]);
  });

  it('keeps text exactly: white space, entities, CDATA, numbers as they were written', () => {
    expect(readXml('<a> 007.10 &lt;&#228;&gt;<![CDATA[<&amp;>]]><!-- no --> </a>').text).toBe(' 007.10 <ä><&amp;> ');
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'Service unavailable'],
    ['a document without its end', '<a><b>true</b>'],
    ['a document cut inside a tag', '<a><b>true</b'],
    ['two roots', '<a></a><a></a>'],
    ['text after the root', '<a></a>junk'],
    ['two roots, the first of them empty', '<a/><a></a>'],
    ['text after an empty root', '<a/>junk'],
    ['a reference after the root', '<a></a>&amp;'],
    ['CDATA after the root', '<a></a><![CDATA[junk]]>'],
    ['text before the root', 'junk<a></a>'],
    ['a cut second root', '<a></a><a>'],
    ['a wrongly closed element', '<a><b></a></b>'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['an undeclared prefix', '<x:a></x:a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a name that would reach a prototype', '<a><__proto__>1</__proto__></a>'],
    ['elements nested deeper than any message', `${'<a>'.repeat(25)}${'</a>'.repeat(25)}`],
    ['a page', '<!DOCTYPE html><html><body><h1>We will be back</h1></body></html>'],
  ])('refuses %s', (_, text) => {
    expect(() => readXml(text)).toThrow(/^the XML |^an unknown entity/);
  });

  it('repeats nothing of the document in its errors', () => {
    expect(() => readXml('<a>hunter2</a><a>hunter2</a>')).toThrow(/^(?!.*hunter2)/s);
  });
});
