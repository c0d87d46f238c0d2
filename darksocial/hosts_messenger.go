package darksocial

// messengerHosts are messengers in the browser and the pages their share and
// invitation links open. What a browser shows of them is the origin, never the
// chat, and some of their rooms are as public as a feed: private is assumed.
var messengerHosts = []host{
	// Meta
	{"api.whatsapp.com", "whatsapp"}, {"chat.whatsapp.com", "whatsapp"}, {"facebook.com/messages", "messenger"},
	{"ig.me", "instagram"}, {"instagram.com/direct", "instagram"}, {"l.messenger.com", "messenger"}, {"l.wl.co", "whatsapp"},
	{"m.facebook.com/messages", "messenger"}, {"m.me", "messenger"}, {"messenger.com", "messenger"}, {"wa.me", "whatsapp"},
	{"web.whatsapp.com", "whatsapp"}, {"whatsapp.net", "whatsapp"}, {"wl.co", "whatsapp"},

	// Telegram, Signal, Viber, Threema, Wire and others of that kind
	{"app.element.io", "matrix"}, {"app.gitter.im", "matrix"}, {"app.wire.com", "wire"},
	{"chat.element.io", "matrix"},
	{"gitter.im", "matrix"}, {"matrix.to", "matrix"}, {"riot.im", "matrix"},
	{"signal.group", "signal"}, {"signal.me", "signal"},
	{"t.me", "telegram"}, {"telegram.dog", "telegram"}, {"telegram.me", "telegram"},
	{"threema.id", "threema"}, {"tx.me", "telegram"}, {"vb.me", "viber"},
	{"web.telegram.im", "telegram"}, {"web.telegram.org", "telegram"}, {"web.threema.ch", "threema"},
	{"webk.telegram.org", "telegram"}, {"webz.telegram.org", "telegram"},

	// Asia
	{"bale.ai", "bale"}, {"band.us", "band"}, {"bbm.com", ""}, {"between.us", ""}, {"bip.com", "bip"}, {"ble.ir", "bale"},
	{"chat.zalo.me", "zalo"}, {"chatwork.com", "chatwork"}, {"dingtalk.com", "dingtalk"}, {"eitaa.com", "eitaa"},
	{"feishu.cn", "feishu"}, {"gap.im", "gap"}, {"hellotalk.com", "hellotalk"}, {"hike.in", ""}, {"icq.com.cn", "icq"},
	{"igap.net", "igap"}, {"im.dingtalk.com", "dingtalk"}, {"im.qq.com", "qq"}, {"kakao.com", "kakaotalk"},
	{"kakaotalk.com", "kakaotalk"}, {"larksuite.com", "lark"}, {"liff.line.me", "line"},
	{"lin.ee", "line"}, {"line-apps.com", "line"}, {"line.naver.jp", "line"}, {"nateon.nate.com", "nateon"},
	{"open.kakao.com", "kakaotalk"}, {"pf.kakao.com", "kakaotalk"}, {"qun.qq.com", "qq"}, {"soroush-app.ir", "soroush"},
	{"splus.ir", "soroush"}, {"w.qq.com", "qq"}, {"web.bale.ai", "bale"}, {"web.bip.com", "bip"}, {"web.kakao.com", "kakaotalk"},
	{"web.qq.com", "qq"}, {"web.wechat.com", "wechat"}, {"web2.qq.com", "qq"},
	{"weixin.qq.com", "wechat"}, {"weixin110.qq.com", "wechat"}, {"work.weixin.qq.com", "wecom"}, {"wx.qq.com", "wechat"},
	{"wx2.qq.com", "wechat"}, {"wx8.qq.com", "wechat"}, {"zalo.vn", "zalo"}, {"zaloapp.com", "zalo"},
	{"zaloapp.vn", "zalo"},

	// Work and hobby
	{"allo.google.com", "google_allo"}, {"app.pumble.com", ""}, {"app.revolt.chat", "revolt"}, {"app.slack.com", "slack"},
	{"app.zoom.us", "zoom"}, {"campfirenow.com", "campfire"}, {"canary.discord.com", "discord"}, {"chat.app.google", "google_chat"},
	{"chat.google.com", "google_chat"}, {"chat.zulip.org", "zulip"}, {"cliq.zoho.com", "cliq"}, {"discord.com", "discord"},
	{"discord.gg", "discord"}, {"discord.new", "discord"}, {"discordapp.com", "discord"}, {"duo.google.com", "google_meet"},
	{"guilded.gg", "guilded"}, {"hangouts.google.com", "google_chat"},
	{"join.skype.com", "skype"}, {"mail.google.com/chat", "google_chat"},
	{"meet.google.com", "google_meet"}, {"messages.android.com", "google_messages"}, {"messages.google.com", "google_messages"},
	{"open.rocket.chat", "rocketchat"}, {"ptb.discord.com", "discord"}, {"revolt.chat", "revolt"},
	{"ryver.com", ""}, {"slack-edge.com", "slack"},
	{"slack-redir.net", "slack"}, {"statics.teams.cdn.office.net", "teams"}, {"stoat.chat", "revolt"},
	{"talkgadget.google.com", "google_chat"}, {"teams.cloud.microsoft", "teams"}, {"teams.live.com", "teams"},
	{"teams.microsoft.com", "teams"}, {"teams.office.com", "teams"}, {"teams.webex.com", "webex"},
	{"voice.google.com", "google_voice"}, {"web.flock.com", "flock"}, {"web.skype.com", "skype"}, {"web.webex.com", "webex"},
	{"zulipchat.com", "zulip"},

	// Phones, games, and messengers that are gone
	{"agent.mail.ru", "mail.ru_agent"}, {"airmessage.org", "imessage"}, {"ebuddy.com", "ebuddy"},
	{"icq.im", "icq"}, {"jongla.com", ""}, {"kik.me", "kik"},
	{"max.ru", "max"}, {"meebo.com", "meebo"}, {"messenger.live.com", "msn_messenger"}, {"messenger.msn.com", "msn_messenger"},
	{"messenger.yahoo.com", "yahoo_messenger"}, {"tamtam.chat", "tamtam"}, {"tango.me", "tango"},
	{"textfree.us", "textfree"}, {"textnow.com", "textnow"}, {"tt.me", "tamtam"}, {"web.agent.mail.ru", "mail.ru_agent"},
	{"web.groupme.com", "groupme"}, {"web.icq.com", "icq"}, {"web.max.ru", "max"}, {"web.snapchat.com", "snapchat"},
	{"web.tamtam.chat", "tamtam"}, {"webmessenger.msn.com", "msn_messenger"}, {"webmessenger.yahoo.com", "yahoo_messenger"},
}

// messengerSites are the sites of messengers' makers, where some also run the
// web client or the page an invitation opens. A link there may as well be on the
// maker's blog, so they prove less.
var messengerSites = []host{
	{"aim.com", "aim"}, {"beeper.com", "beeper"}, {"delta.chat", "delta_chat"}, {"element.io", "matrix"}, {"flock.com", "flock"},
	{"getsession.org", "session"}, {"ginlo.net", "ginlo"}, {"groupme.com", "groupme"}, {"hipchat.com", "hipchat"},
	{"icq.com", "icq"}, {"imo.im", "imo"}, {"kakaocorp.com", "kakaotalk"}, {"keybase.io", "keybase"}, {"kik.com", "kik"},
	{"line.me", "line"}, {"mattermost.com", "mattermost"}, {"nimbuzz.com", ""}, {"pumble.com", ""}, {"rocket.chat", "rocketchat"},
	{"signal.org", "signal"}, {"simplex.chat", "simplex"}, {"skype.com", "skype"}, {"slack.com", "slack"},
	{"telegram.org", "telegram"}, {"threema.ch", "threema"}, {"tox.chat", "tox"}, {"twist.com", "twist"}, {"viber.com", "viber"},
	{"wechat.com", "wechat"}, {"weixin.com", "wechat"}, {"whatsapp.com", "whatsapp"}, {"zalo.me", "zalo"}, {"zoom.us", "zoom"},
	{"zulip.com", "zulip"},
}
