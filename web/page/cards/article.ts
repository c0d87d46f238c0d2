// An article's own page: its life, where its readers came from, and its
// recommendations.
import type { Article, Recommendation } from '../answers'
import type { Card } from '../card'
import { lineChart } from '../charts/line'
import { lengthOf, mostDays } from '../days'
import { h, pageAddress } from '../dom'
import { count, day, dayRange, decimal, moment, nameOf, percent, say, sayValue, short } from '../language'
import { foreign, ranking, split, term } from '../parts'
import { ask } from '../api'
import { askRange, link, type View } from '../view'
import type { Word } from '../words'
import { hourColumns } from './hours'
import { pageName } from './pages'
import { recommendationList, recommendationTable } from './recommendations'

const askArticle = (view: View): Promise<Article> => ask('page', { site: view.site.site, from: view.days.from, to: view.days.to, page: view.state.article })

const fileName = (view: View, of: string) => `${of}-${view.state.article}-${view.days.from}-${view.days.to}`

function fact(word: Word, value: string | null): HTMLElement {
  return h('li', { class: 'tile' }, h('span', { class: 'label' }, term(word)), h('span', { class: value === null ? 'value missing' : 'value' }, value ?? '–'))
}

export const articleCard: Card<Article> = {
  name: 'article',
  title: 'column.page',
  ask: askArticle,
  draw(answer, view) {
    const { page } = answer
    const address = pageAddress(view.site.site, page.page)
    const published = /^\d{4}-\d\d-\d\d/.exec(page.published)?.[0]
    const since = published && published <= view.site.today ? { from: published, to: view.site.today } : null
    const n = (value: number | null) => (value === null ? null : count(value))
    return {
      picture: h(
        'div',
        { class: 'article-head' },
        page.topic ? h('p', { class: 'topic' }, h('a', { href: link(view, { article: '', filters: { topic: page.topic } }) }, foreign(page.topic))) : null,
        h('h1', {}, foreign(pageName(page))),
        h(
          'p',
          { class: 'quiet' },
          ...[
            page.author ? h('span', {}, say('article.by', { author: page.author })) : null,
            published ? h('span', {}, say('article.published', { date: day(published, { day: 'numeric', month: 'long', year: 'numeric' }) })) : null,
            page.words === null ? null : h('span', {}, say('article.words', { n: page.words })),
            page.title ? h('span', { class: 'path' }, foreign(page.page)) : null,
          ],
        ),
        h(
          'p',
          { class: 'actions' },
          h('a', { href: link(view, { article: '' }) }, `← ${say('article.back')}`),
          h('a', { href: link(view, { article: '', filters: { page: page.page } }) }, say('article.only')),
          since && lengthOf(since) <= mostDays ? h('a', { href: link(view, { range: 'custom', ...since }) }, say('article.since')) : null,
          address ? h('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, say('article.open')) : null,
        ),
        h(
          'ul',
          { class: 'tiles' },
          fact('term.arrival', n(page.arrivals)),
          fact('term.private', n(page.private)),
          fact('term.public', n(page.public)),
          fact('term.readers', n(page.readers)),
          fact('term.passed_on', page.passed_on === null ? null : decimal(page.passed_on)),
          fact('term.shares', n(page.shares)),
          fact('term.previews', n(page.previews)),
          fact('term.visitor_days', n(answer.visitor_days)),
        ),
        split(page),
      ),
      table: {
        name: fileName(view, 'article'),
        columns: [say('column.number'), say('column.value')],
        rows: [
          [say('column.page'), page.page],
          [say('column.title'), page.title],
          [say('term.arrival'), page.arrivals],
          [say('term.private'), page.private],
          [say('term.public'), page.public],
          [say('term.readers'), page.readers],
          [say('term.passed_on'), page.passed_on],
          [say('term.shares'), page.shares],
          [say('term.previews'), page.previews],
          [say('term.visitor_days'), answer.visitor_days],
        ],
      },
      empty: page.arrivals === 0 && page.title === '',
    }
  },
}

export const lifeCard: Card<Article> = {
  name: 'life',
  title: 'card.article.life',
  ask: askArticle,
  draw(answer, view) {
    const published = answer.page.published.slice(0, 10)
    const first = answer.points.findIndex((point) => point.date >= published && (point.arrivals ?? 0) > 0)
    const points = answer.points.slice(Math.max(0, Math.min(first < 0 ? 0 : first - 1, answer.points.length - 2)))
    return {
      picture: lineChart({
        label: `${say('term.private')}, ${say('term.public')}, ${dayRange(view.days.from, view.days.to)}`,
        points: points.map((point) => ({ at: day(point.date), value: point.private, open: point.state === 'provisional', ...(point.date === published ? { mark: say('article.published', { date: '' }).trim() } : {}) })),
        second: { values: points.map((point) => point.public), name: say('term.public') },
        names: [say('term.private'), ''],
        format: short,
        whole: true,
      }),
      table: {
        name: fileName(view, 'days'),
        columns: [say('column.day'), say('term.arrival'), say('term.private'), say('term.public'), say('term.readers'), say('term.shares'), say('term.previews'), say('column.state')],
        rows: answer.points.map((point) => [point.date, point.arrivals, point.private, point.public, point.readers, point.shares, point.previews, sayValue('day', point.state)]),
      },
      empty: answer.points.every((point) => !point.arrivals),
    }
  },
}

const firstHours = 72

export const articleHoursCard: Card<Article> = {
  name: 'first-hours',
  title: 'card.article.hours',
  ask: askArticle,
  draw(answer, view) {
    const hours = answer.hours ?? []
    const from = hours[0] ? Date.parse(hours[0].hour) : 0
    const shown = hours.filter((hour) => Date.parse(hour.hour) < from + firstHours * 3_600_000)
    const zone = answer.meta.time_zone
    return {
      picture: shown.length === 0 ? h('p', { class: 'note' }, say('article.hours_not')) : h('div', {}, h('p', { class: 'legend' }, h('span', { class: 'key private' }, say('term.private')), h('span', { class: 'key public' }, say('term.public')), h('span', { class: 'key other' }, say('term.other'))), hourColumns(shown, zone, say('card.article.hours'))),
      table: {
        name: fileName(view, 'hours'),
        columns: [say('column.hour'), say('term.arrival'), say('term.private'), say('term.public'), say('term.previews')],
        rows: hours.map((hour) => [moment(hour.hour, zone), hour.arrivals, hour.private, hour.public, hour.previews]),
      },
    }
  },
}

export const articleFromCard: Card<Article> = {
  name: 'from',
  title: 'card.article.from',
  ask: askArticle,
  draw(answer, view) {
    const times = Object.entries(answer.page.read_times)
    return {
      picture: h(
        'div',
        {},
        ranking(answer.sources.slice(0, 8).map((row) => ({ name: row.source === '' || row.source.startsWith('(') ? nameOf(row.source) : h('a', { href: link(view, { article: '', filters: { page: view.state.article, source: row.source } }) }, foreign(nameOf(row.source, row.title))), n: row.arrivals })), answer.page.arrivals),
        answer.page.measured > 0 ? h('h3', {}, say('article.read_times')) : null,
        answer.page.measured > 0 ? ranking(times.map(([name, n]) => ({ name: sayValue('read', name), n, after: h('span', { class: 'few' }, percent(n / answer.page.measured)) })), 0) : null,
      ),
      table: {
        name: fileName(view, 'sources'),
        columns: [say('column.source'), say('term.arrival')],
        rows: [...answer.channels.map((row) => [sayValue('channel', row.value), row.arrivals]), ...answer.sources.map((row) => [nameOf(row.source, row.title), row.arrivals]), ...times.map(([name, n]) => [sayValue('read', name), n])],
      },
      empty: answer.page.arrivals === 0,
    }
  },
}

export const articleSharesCard: Card<{ article: Article; open: Recommendation | null }> = {
  name: 'passed',
  title: 'card.recommendations',
  lead: 'card.recommendations.lead',
  async ask(view) {
    const article = await askArticle(view)
    return { article, open: view.state.root ? await askRange<Recommendation>(view, 'recommendation', { root: view.state.root }, {}) : null }
  },
  draw({ article, open }, view) {
    return {
      picture: h(
        'div',
        {},
        recommendationList(article.recommendations, open, view, true),
        article.shares.length > 0 ? h('h3', {}, say('card.shares')) : null,
        ranking(article.shares.map((row) => ({ name: row.title && row.title !== row.value ? row.title : sayValue('button', row.value), n: row.shares })), 0),
      ),
      table: recommendationTable(article.recommendations, open, fileName(view, 'recommendations')),
      empty: article.recommendations.length === 0 && article.shares.length === 0 && 'state.empty.shares',
    }
  },
}

