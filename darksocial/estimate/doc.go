// Package estimate says how much of "direct" was really shared: as an interval, never as
// a count, and of no single visit.
//
//	c := estimate.NewCollector(from, 7)              // a week of a site
//	c.Add(estimate.Arrival{Time: …, Page: "/news/fire", Came: estimate.Nameless, Device: estimate.Mobile})
//	c.AddPreview(estimate.Preview{Time: …, Page: "/news/fire", App: "signal"})
//	r := c.Run(estimate.Both, seed)                  // r.Shared: {1212, 930, 1490} of r.Direct
//
// # What is asked
//
// An arrival without a Referer and without a name is typed, completed by the browser or
// bookmarked; or it was sent: in a messenger, by mail, in a network that hides itself; or
// search or an assistant brought it and lost the Referer; or it is a program. Which it is
// cannot be told of one. The question is how many of them were shared, in private or
// public. Pages loaded again are none of them.
//
// # What it goes by
//
// Pages that people type (Typable) tell how much typing there is; named search tells which
// pages search finds, and on which devices; named apps, networks and coded links tell what
// is shared. And link previews tell when: an app reads a page when somebody writes its
// link, and people come minutes later. A week is enough, a day may be; what is reckoned
// of a day alone is wide.
//
// # The method
//
// Three steps, of which each can be looked at.
//
//  1. Triggering (trigger.go). Arrivals at a page come as they would anyhow, and in a burst
//     behind each preview: a process that excites itself. Background, bursts' sizes by app
//     and delays are found by EM, in which each arrival is laid to its possible causes by
//     their parts of the intensity (stochastic declustering: Zhuang, Ogata, Vere-Jones,
//     Stochastic declustering of space-time earthquake occurrences, JASA 97, 2002). That a
//     series is a Poisson process and a self-exciting one, and that how much of each can be
//     told from its bursts: Alves, Assunção and Vaz de Melo, Burstiness scale, KDD 2016.
//  2. Adjusting (score.go, model.go). What is laid to previews is no count of shares: late
//     clicks and links without a preview are missed, and readers who come at the time of a
//     share are taken for its readers. Both errors are measured on arrivals of the same days
//     of which the answer is known: how many of the site's own coded links and named in-app
//     visits are laid to previews, the code and the name put aside; and how many of those
//     that named search and tagged links brought. With S shared of N, a share s of the known
//     shares and f of the known others laid, L = s·S + f·(N−S): quantification by counting
//     with a judge whose errors are known (Forman, Quantifying counts and costs via
//     classification, 2008), for it is the mixture that shifts and not the judge.
//  3. The account (model.go, pagemix.go). All that is nameless must come from somewhere.
//     Typed, searched, sent, seen by no preview and programs must add up: in number, by
//     device, and by page, where a mixture of search's and shares' pages is fitted by EM to
//     the nameless. What nobody can count has a belief with a wide spread (belief.go), and
//     all of it together is sampled: 14 numbers, an ensemble of walkers. The middle and the
//     95 per cent of what was shared over the samples are the result.
//
// Method Triggering leaves out step 3, Mixture leaves out previews. Both is better than
// either: see package internal/estimating/trials, which holds them against simulated sites.
//
// # The interval
//
// It is as wide as what is believed and not known. Errors of what is measured respect that
// arrivals of a page and of a day are alike: clustered by both at once for the scores
// (Cameron, Gelbach, Miller, 2011), a bootstrap of pages for the mixture of pages. Of the
// arrivals themselves nothing is drawn anew: it is asked what these were, not what
// others might have been. An interval that no estimate can use is a refusal, and so is a
// week with too few arrivals: Quality.Refused, with reasons.
//
// Quality.Condition is the condition number of the classes typed, shared and searched, as
// distributions over groups of pages and devices. Where search finds what is shared, it is
// large, the mixture of pages says nothing, and the interval is what previews and beliefs
// leave.
//
// # What it cannot know
//
// That what nobody sees exists: mail programs and SMS draw no previews and send no
// headers. Their part is a belief. Nor who lies: a program that reads pages as WhatsApp
// does and then opens them as Chrome from many places looks like a share, and each such
// visit moves the estimate by one at most. Previews alone move it by little, because
// nobody comes behind them; a code that is opened again and again counts for 64. Somebody
// who mails a newsletter without tags has shared nothing, and it looks as if.
//
// # Randomised codes: a design that needs none of this
//
// A site that may put a code into the address bar or the clipboard can show it on a random
// part p of page views and nowhere else. Whoever then comes with a code stands for 1/p:
// N̂ = n/p, with variance n(1−p)/p² (Horvitz and Thompson, A generalization of sampling
// without replacement, 1952). Typing, search and programs are left out by design, not by
// belief. It takes for granted that codes are not taken off, do not change what people
// share, and are still there when it is shared again. It is not built: it needs a legal
// basis of its own where such codes count as access to somebody's device.
package estimate
