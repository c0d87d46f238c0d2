// What the API answers: internal/report/openapi.yaml, as far as the page shows it.

export interface Fixed {
  from?: string
  to?: string
  channel?: string
  source?: string
  visibility?: string
  topic?: string
  page?: string
}

export interface Site {
  site: string
  time_zone: string
  today: string
  first_day: string | null
  last_day: string | null
}

export interface Sites {
  sites: Site[]
  expires: string
  fixed: Fixed | null
}

export interface Link {
  path: string
  expires: string
  id: string
}

export interface Meta {
  site: string
  time_zone: string
  from: string
  to: string
  data_up_to: string | null
  complete: boolean
  days: { with_data: number; provisional: string[]; without_data: string[]; unreadable: string[] }
  not_offered: { field: string; why: string }[]
}

export interface Before {
  from: string
  to: string
  fair: boolean
}

export interface Counted {
  value: string
  arrivals: number
}

export interface SourceArrivals {
  source: string
  title: string
  arrivals: number
}

export interface Money {
  currency: string
  minor_units: number
  rule: string
}

export type PartName = 'messengers' | 'mail' | 'networks' | 'ai' | 'other_named' | 'hidden_web' | 'typed_or_app' | 'unknown'

export interface DirectParts {
  arrivals: number
  direct: number
  unseen: number
  brought_to_light: number
  brought_to_light_share: number | null
  parts: { part: PartName; arrivals: number; sources: SourceArrivals[] }[]
}

export interface Direct {
  meta: Meta
  direct: DirectParts
  before: DirectParts | null
  before_range: Before | null
  estimate: { low: number; high: number; level: number } | null
}

export interface Numbers {
  arrivals: number
  private: number
  public: number
  undecided: number
  privately_shared: number | null
  direct: number
  brought_to_light: number
  brought_to_light_share: number | null
  objected: number
  measured: number
  readers: number | null
  engaged_seconds: number | null
  shares: number | null
  previews: number | null
  passed_on: number | null
  visitor_days: number | null
  purchases: number | null
  revenue: Money[] | null
}

export interface NumbersAnswer {
  meta: Meta
  numbers: Numbers
  before: Numbers | null
  before_range: Before | null
  change: Partial<Record<keyof Numbers, number | null>> | null
}

export type DayState = 'final' | 'provisional' | 'no_data' | 'unreadable'

export interface Point {
  date: string
  state: DayState
  numbers: Numbers | null
}

export interface Series {
  meta: Meta
  points: Point[]
  before: Point[] | null
  before_range: Before | null
}

export interface SourceRow {
  source: string
  title: string
  arrivals: number
  private: number
  public: number
  undecided: number
  measured: number
  readers: number | null
  before: number | null
  surfaces: Counted[]
  confidence: Counted[]
  evidence: { rule: string; says: string; arrivals: number }[] | null
}

export interface Channel {
  channel: string
  arrivals: number
  private: number
  public: number
  undecided: number
  measured: number
  readers: number | null
  before: number | null
  total: number
  sources: SourceRow[]
}

export interface Sources {
  meta: Meta
  arrivals: number
  before_range: Before | null
  channels: Channel[]
}

export type Quadrant = 'viral' | 'valuable' | 'both' | 'neither'

export interface PageRow {
  page: string
  title: string
  topic: string
  author: string
  published: string
  canonical: string
  words: number | null
  arrivals: number
  private: number
  public: number
  measured: number
  readers: number | null
  engaged_seconds: number | null
  read_times: Record<'under_10s' | 'from_10s' | 'from_30s' | 'from_60s' | 'from_120s' | 'from_300s', number>
  shares: number | null
  previews: number | null
  passed_on: number | null
  quadrant: Quadrant | null
  purchases: number | null
  revenue: Money[] | null
}

export interface TopicRow {
  topic: string
  pages: number
  arrivals: number
  private: number
  public: number
  measured: number
  readers: number | null
  shares: number | null
  passed_on: number | null
}

export interface Pages {
  meta: Meta
  total: number
  pages: PageRow[]
  other: PageRow | null
  topics: TopicRow[]
  topics_total: number
  thresholds: { private: number; public: number } | null
  quadrants: Record<Quadrant, number> | null
}

export interface RecommendationRow {
  root: string
  page: string
  title: string
  grade: string
  button: string
  app: string
  app_title: string
  shares: number
  generations: number
  arrivals: number
  previews: number
  measured: number
  readers: number | null
  made: string | null
  seconds_to_open: number | null
  purchases: number | null
  revenue: Money[] | null
}

export interface Recommendations {
  meta: Meta
  total: number
  recommendations: RecommendationRow[]
  other: { arrivals: number; shares: number }
}

export interface ShareNode {
  code: string
  grade: string
  button: string
  app: string
  app_title: string
  page: string
  generation: number
  link: string
  shares: number
  previews: number
  arrivals: number
  reach: number
  measured: number
  readers: number | null
  made: string | null
  seconds_to_open: number | null
  seconds_after_parent: number | null
  purchases: number | null
  revenue: Money[] | null
  children: ShareNode[]
}

export interface Recommendation {
  meta: Meta
  summary: RecommendationRow
  tree: ShareNode
  cut: boolean
}

export interface ShareRow {
  value: string
  title: string
  shares: number
  previews: number
  arrivals: number
  measured: number
  readers: number | null
}

export interface HourPoint {
  hour: string
  arrivals: number
  private: number
  public: number
  previews: number
}

export interface Article {
  meta: Meta
  page: PageRow
  visitor_days: number | null
  points: {
    date: string
    state: DayState
    arrivals: number | null
    private: number | null
    public: number | null
    readers: number | null
    shares: number | null
    previews: number | null
  }[]
  hours: HourPoint[] | null
  channels: Counted[]
  sources: SourceArrivals[]
  shares: ShareRow[]
  recommendations: RecommendationRow[]
}

export interface Now {
  site: string
  time_zone: string
  from: string
  to: string
  data_up_to: string | null
  arrivals: number
  private: number
  public: number
  undecided: number
  previews: number | null
  shares: number | null
  minutes: { minute: string; arrivals: number; private: number; public: number }[]
  pages: { page: string; title: string; arrivals: number; private: number; public: number }[]
  sources: SourceArrivals[]
}

export interface Hours {
  meta: Meta
  hours: HourPoint[] | null
  week: { weekday: number; hour: number; arrivals: number; private: number; public: number; previews: number }[]
}

export interface Audience {
  meta: Meta
  arrivals: number
  devices: Counted[]
  countries: Counted[]
  countries_total: number
}

export interface Quality {
  meta: Meta
  confidence: Counted[]
  direct_kinds: Counted[]
  records: number
  outcomes: Record<'labelled' | 'duplicate' | 'filtered' | 'failed', number>
  reasons: { outcome: 'labelled' | 'filtered' | 'failed'; reason: string; records: number }[]
  unknown_apps: Counted[]
  doors: { door: string; records: number; days: number; last_day: string }[]
  late: number
  rules: string[]
  days: { date: string; state: DayState; complete: boolean; labelled: number; duplicate: number; filtered: number; failed: number }[]
}

export interface Why {
  meta: Meta
  arrivals: number
  channel: string
  source: string
  title: string
  confidence: Counted[]
  visibility: Counted[]
  surfaces: Counted[]
  rules: { rule: string; signal: string; says: string; cite: string; arrivals: number; confidence: string; visibility: string; assumed: boolean }[] | null
  cannot_know: string[]
}
