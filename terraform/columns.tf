# What the tables hold. Written by go test ./internal/terraform -run TestTables -update of the rows in darksocial/rollup.

locals {
  tables = {
    arrivals = {
      description = "Counts arrivals: page navigations from outside by people."
      columns = [
        { name = "page", type = "string", comment = "cleaned path; \"(other)\"; or \"(objected)\", of which nothing else is told" },
        { name = "channel", type = "string", comment = "empty where the browser objects; dark_social, social, email, search, ai, paid, campaign, referral, direct" },
        { name = "source", type = "string", comment = "canonical name, host of a referring site, \"(other)\" or empty" },
        { name = "visibility", type = "string", comment = "private, public, unknown" },
        { name = "surface", type = "string", comment = "in_app, browser, unknown" },
        { name = "confidence", type = "string", comment = "of the source: certain, strong, likely, possible, unknown" },
        { name = "direct_kind", type = "string", comment = "of direct: typed_or_app, hidden_web, unknown; else empty" },
        { name = "by_referrer", type = "string", comment = "the channel of a tool that reads only Referer and utm; empty if the door could not see the Referer" },
        { name = "arrivals", type = "bigint", comment = "" },
        { name = "measured", type = "bigint", comment = "arrivals of which the script in the page told how they were read: see darksocial/reading" },
        { name = "readers", type = "bigint", comment = "of them, those who read; null where nothing is known" },
        { name = "engaged_seconds", type = "bigint", comment = "of them together; null where nothing is known" },
        { name = "read_under_10s", type = "bigint", comment = "of them, engaged for less than 10 seconds" },
        { name = "read_10s", type = "bigint", comment = "10 to 29 seconds" },
        { name = "read_30s", type = "bigint", comment = "30 to 59" },
        { name = "read_60s", type = "bigint", comment = "60 to 119" },
        { name = "read_120s", type = "bigint", comment = "120 to 299" },
        { name = "read_300s", type = "bigint", comment = "300 and more" },
      ]
    }
    pages = {
      description = "Counts what came to a page, and what was shared of it. What the page says of itself is what most of its views of the day said, of at least three: one visitor cannot rename an article."
      columns = [
        { name = "page", type = "string", comment = "cleaned path, or \"(other)\"" },
        { name = "title", type = "string", comment = "of the article, or empty" },
        { name = "topic", type = "string", comment = "as the article says, else by the site's path rules, or empty" },
        { name = "author", type = "string", comment = "as the article says, or empty" },
        { name = "published", type = "string", comment = "when the article says it was published: a date or a time in UTC, or empty" },
        { name = "canonical", type = "string", comment = "the article's own name for its page, where it is another; or empty" },
        { name = "words", type = "bigint", comment = "of the article's text" },
        { name = "arrivals", type = "bigint", comment = "" },
        { name = "private_arrivals", type = "bigint", comment = "from messengers and mail between people" },
        { name = "public_arrivals", type = "bigint", comment = "from posts everybody can see" },
        { name = "previews", type = "bigint", comment = "link previews that apps drew: at least so many shares were begun" },
        { name = "shares", type = "bigint", comment = "uses of share buttons, and previews by private apps of links without a code" },
        { name = "orders", type = "bigint", comment = "whose buyers came by a share of the page; what they brought stands in purchases" },
        { name = "measured", type = "bigint", comment = "arrivals of which the script in the page told how they were read: see darksocial/reading" },
        { name = "readers", type = "bigint", comment = "of them, those who read; null where nothing is known" },
        { name = "engaged_seconds", type = "bigint", comment = "of them together; null where nothing is known" },
        { name = "read_under_10s", type = "bigint", comment = "of them, engaged for less than 10 seconds" },
        { name = "read_10s", type = "bigint", comment = "10 to 29 seconds" },
        { name = "read_30s", type = "bigint", comment = "30 to 59" },
        { name = "read_60s", type = "bigint", comment = "60 to 119" },
        { name = "read_120s", type = "bigint", comment = "120 to 299" },
        { name = "read_300s", type = "bigint", comment = "300 and more" },
        { name = "passed_on", type = "double", comment = "shares per 100 readers; null where there are no readers, or nobody knows" },
      ]
    }
    audience = {
      description = "Counts arrivals by what they were made with and where from. Values with few arrivals, of which one might be somebody, are one row \"(few)\"."
      columns = [
        { name = "channel", type = "string", comment = "" },
        { name = "source", type = "string", comment = "" },
        { name = "dimension", type = "string", comment = "device or country; each adds up to all arrivals" },
        { name = "value", type = "string", comment = "phone, tablet, desktop, unknown; ISO 3166-1 alpha-2, or unknown; \"(few)\"" },
        { name = "arrivals", type = "bigint", comment = "" },
      ]
    }
    evidence = {
      description = "Counts arrivals by the strongest rule that speaks for their source."
      columns = [
        { name = "channel", type = "string", comment = "" },
        { name = "source", type = "string", comment = "" },
        { name = "rule", type = "string", comment = "id of the first rule of the evidence: see docs/rules.md" },
        { name = "arrivals", type = "bigint", comment = "" },
      ]
    }
    hours = {
      description = "Counts arrivals and link previews by the hour. The hour is an instant, the same for all time zones."
      columns = [
        { name = "hour", type = "timestamp", comment = "in which it began, UTC" },
        { name = "channel", type = "string", comment = "" },
        { name = "source", type = "string", comment = "" },
        { name = "visibility", type = "string", comment = "" },
        { name = "arrivals", type = "bigint", comment = "" },
        { name = "previews", type = "bigint", comment = "" },
      ]
    }
    page_hours = {
      description = "Counts arrivals and link previews of the day's largest pages by the hour: how a page spread."
      columns = [
        { name = "hour", type = "timestamp", comment = "in which it began, UTC" },
        { name = "page", type = "string", comment = "cleaned path; of smaller pages there are no rows" },
        { name = "visibility", type = "string", comment = "" },
        { name = "arrivals", type = "bigint", comment = "" },
        { name = "previews", type = "bigint", comment = "" },
      ]
    }
    campaigns = {
      description = "Counts arrivals by their link's campaign tags."
      columns = [
        { name = "utm_source", type = "string", comment = "as it was tagged, or \"(other)\" in all three" },
        { name = "utm_medium", type = "string", comment = "" },
        { name = "utm_campaign", type = "string", comment = "" },
        { name = "channel", type = "string", comment = "" },
        { name = "arrivals", type = "bigint", comment = "" },
        { name = "measured", type = "bigint", comment = "arrivals of which the script in the page told how they were read: see darksocial/reading" },
        { name = "readers", type = "bigint", comment = "of them, those who read; null where nothing is known" },
        { name = "engaged_seconds", type = "bigint", comment = "of them together; null where nothing is known" },
        { name = "read_under_10s", type = "bigint", comment = "of them, engaged for less than 10 seconds" },
        { name = "read_10s", type = "bigint", comment = "10 to 29 seconds" },
        { name = "read_30s", type = "bigint", comment = "30 to 59" },
        { name = "read_60s", type = "bigint", comment = "60 to 119" },
        { name = "read_120s", type = "bigint", comment = "120 to 299" },
        { name = "read_300s", type = "bigint", comment = "300 and more" },
      ]
    }
    daily_visitors = {
      description = "Counts visitors of the day. They are told apart by a hash that changes every day, so sums over days are visitor-days."
      columns = [
        { name = "level", type = "string", comment = "site, channel, source, page" },
        { name = "key", type = "string", comment = "of the level: empty for site" },
        { name = "visitors", type = "bigint", comment = "null where no visitor was hashed: logs do not say who objects" },
      ]
    }
    shares = {
      description = "Counts how pages were passed on, and what came of it. A share is a use of a share button, or a preview by a private app of a link without a code."
      columns = [
        { name = "page", type = "string", comment = "cleaned path, or \"(other)\"" },
        { name = "button", type = "string", comment = "that was used; empty where only a preview tells of the share, and for posts of the site's own" },
        { name = "app", type = "string", comment = "the button's; of a copied link and the share sheet the one that drew a preview of it; or empty" },
        { name = "shares", type = "bigint", comment = "" },
        { name = "previews", type = "bigint", comment = "that apps drew of the shared links" },
        { name = "arrivals", type = "bigint", comment = "that came with their codes" },
        { name = "measured", type = "bigint", comment = "arrivals of which the script in the page told how they were read: see darksocial/reading" },
        { name = "readers", type = "bigint", comment = "of them, those who read; null where nothing is known" },
        { name = "engaged_seconds", type = "bigint", comment = "of them together; null where nothing is known" },
      ]
    }
    recommendations = {
      description = "Counts what came of one share code on the day: \"which recommendation\", never \"which person\". A share that came of another has it as its parent, and all that came of one have the same root. Where few arrivals came of a root, no times are told."
      columns = [
        { name = "root", type = "string", comment = "the code of the first share; \"(other)\"" },
        { name = "generation", type = "bigint", comment = "how often the link had been passed on before: 0 for the root" },
        { name = "code", type = "string", comment = "of this share; \"(other)\"" },
        { name = "parent", type = "string", comment = "the code of the share this one came of; empty for a root" },
        { name = "link", type = "string", comment = "how that is known: session, same_day, consented" },
        { name = "grade", type = "string", comment = "what the code stands for: share, one share; button, all uses of a button on a page; own, a post of the site's own" },
        { name = "button", type = "string", comment = "that was used" },
        { name = "app", type = "string", comment = "that was shared in, as far as is known" },
        { name = "page", type = "string", comment = "that was shared: cleaned path" },
        { name = "shares", type = "bigint", comment = "uses: of a grade share 1 on the day it was made" },
        { name = "children", type = "bigint", comment = "shares by those who had come with the code" },
        { name = "previews", type = "bigint", comment = "that apps drew of the link" },
        { name = "arrivals", type = "bigint", comment = "that came with the code" },
        { name = "reach", type = "bigint", comment = "arrivals that came with the code or with one that came of it" },
        { name = "measured", type = "bigint", comment = "arrivals of which the script in the page told how they were read: see darksocial/reading" },
        { name = "readers", type = "bigint", comment = "of them, those who read; null where nothing is known" },
        { name = "engaged_seconds", type = "bigint", comment = "of them together; null where nothing is known" },
        { name = "visitors", type = "bigint", comment = "of the day who came with the code; null where no visitor was hashed" },
        { name = "self_visits", type = "bigint", comment = "arrivals by visitors who had shared with the code on the day; null where no visitor was hashed" },
        { name = "currency", type = "string", comment = "of what was sold; empty if nothing was. A code that sold in several has a row for each, all other counts in the first" },
        { name = "orders", type = "bigint", comment = "whose buyers came with the code" },
        { name = "first_share", type = "bigint", comment = "minor units, less what was given back on the day, if all is the root's" },
        { name = "last_share", type = "bigint", comment = "if all is the share's by which the buyer came" },
        { name = "linear", type = "bigint", comment = "if each share of the chain has the same" },
        { name = "chain_decay", type = "bigint", comment = "if each has less than the one after it" },
        { name = "timed_orders", type = "bigint", comment = "orders of which it is known when the buyer had opened the page" },
        { name = "seconds_to_order", type = "bigint", comment = "of them together, from the last opening to the order" },
        { name = "made", type = "timestamp", comment = "when it was shared, UTC" },
        { name = "seconds_to_open", type = "bigint", comment = "from the share to the first arrival, on the day of that" },
        { name = "seconds_after_parent", type = "bigint", comment = "from the parent's share to this one, on the day it was made" },
      ]
    }
    purchases = {
      description = "Counts orders by the recommendation they came of, and divides what they brought among the shares of its chain, by four rules side by side. Each rule adds up to all orders exactly, with those that name no recommendation as a row of their own: add up one rule, never several. Where no generations are followed the chain is one share, and all rules say the same."
      columns = [
        { name = "page", type = "string", comment = "that was shared: cleaned path, \"(other)\", or empty" },
        { name = "source", type = "string", comment = "app it was shared in, as far as is known" },
        { name = "button", type = "string", comment = "that was used; empty for posts of the site's own" },
        { name = "link", type = "string", comment = "how the order names the recommendation: session, consented, same_day; unattributed" },
        { name = "rule", type = "string", comment = "first_share, last_share, linear, chain_decay" },
        { name = "currency", type = "string", comment = "ISO 4217" },
        { name = "orders", type = "bigint", comment = "placed; each counts once, for the share by which the buyer came" },
        { name = "amount", type = "bigint", comment = "minor units, of orders placed on the day" },
        { name = "refunds", type = "bigint", comment = "refunds and cancellations; each counts once, like orders" },
        { name = "refunded", type = "bigint", comment = "minor units that were given back on the day, of whichever day's orders; amount - refunded is net" },
      ]
    }
    orders = {
      description = "Is what an order brought a share, by a rule. There are rows only if the site asks for them (order_table), and for 90 days."
      columns = [
        { name = "number", type = "string", comment = "the shop's own" },
        { name = "rule", type = "string", comment = "first_share, last_share, linear, chain_decay" },
        { name = "root", type = "string", comment = "the code of the recommendation's first share; empty if the order names none" },
        { name = "code", type = "string", comment = "of the share that is given this" },
        { name = "link", type = "string", comment = "how the order names it: session, consented, same_day; unattributed" },
        { name = "currency", type = "string", comment = "" },
        { name = "amount", type = "bigint", comment = "minor units; negative if more was given back on the day than paid" },
      ]
    }
    quality = {
      description = "Says what became of what the doors saw. Of the outcomes labelled, duplicate, filtered and failed the records of a door add up to the lines it read; unknown_app is some of the labelled, told apart by a name no rule knows."
      columns = [
        { name = "door", type = "string", comment = "log, realtime, route, beacon; read, of how pages were read; share, of share buttons; order, of shops" },
        { name = "outcome", type = "string", comment = "labelled, duplicate, filtered, failed; unknown_app" },
        { name = "reason", type = "string", comment = "of labelled: the kind of page view, share, order, refund; of filtered and failed: why; of unknown_app: the name" },
        { name = "rules", type = "string", comment = "version of the rule tables the door used" },
        { name = "complete", type = "boolean", comment = "the day is over and each record has its receipt" },
        { name = "records", type = "bigint", comment = "" },
      ]
    }
  }
}
