package darksocial

// videoHosts are sites where people put videos and streams for others to see
// and talk about.
var videoHosts = []host{
	// Worldwide
	{"beam.pro", "mixer"}, {"bigo.tv", "bigo"}, {"bitchute.com", "bitchute"}, {"blip.tv", ""}, {"break.com", ""},
	{"brighteon.com", "brighteon"}, {"collegehumor.com", ""}, {"coub.com", "coub"}, {"crunchyroll.com", "crunchyroll"},
	{"dai.ly", "dailymotion"}, {"dailymotion.*", "dailymotion"}, {"dlive.tv", "dlive"}, {"dubsmash.com", ""},
	{"floatplane.com", ""}, {"funnyordie.com", ""}, {"gfycat.com", "gfycat"}, {"giphy.com", "giphy"}, {"hitbox.tv", ""},
	{"invidio.us", "youtube"}, {"invidious.io", "youtube"}, {"justin.tv", "twitch"}, {"kick.com", "kick"}, {"kwai.com", "kwai"},
	{"lbry.tv", "odysee"}, {"likee.com", "likee"}, {"likee.video", "likee"}, {"liveleak.com", "liveleak"}, {"livestream.com", ""},
	{"locals.com", "locals"}, {"meerkatapp.co", ""}, {"metacafe.com", "metacafe"}, {"mixer.com", "mixer"}, {"nebula.app", ""},
	{"nebula.tv", ""}, {"odysee.com", "odysee"}, {"periscope.tv", "periscope"}, {"picarto.tv", ""}, {"piped.video", "youtube"},
	{"pscp.tv", "periscope"}, {"revver.com", ""}, {"rumble.com", "rumble"}, {"smashcast.tv", ""}, {"streamable.com", "streamable"},
	{"triller.co", "triller"}, {"trovo.live", "trovo"}, {"twitch.tv", "twitch"}, {"ustream.tv", "ustream"}, {"veoh.com", "veoh"},
	{"viddler.com", ""}, {"video.ibm.com", "ustream"}, {"video.yahoo.com", ""}, {"videos.yahoo.com", ""}, {"videosift.com", ""},
	{"vimeo.com", "vimeo"}, {"vimeopro.com", "vimeo"}, {"vine.co", "vine"}, {"yewtu.be", "youtube"}, {"younow.com", "younow"},
	{"youtu.be", "youtube"}, {"youtube-nocookie.com", "youtube"}, {"youtube.*", "youtube"}, {"youtubeeducation.com", "youtube"},
	{"youtubekids.com", "youtube"}, {"yt.be", "youtube"},

	// Europe and Russia
	{"blippy.fr", ""}, {"cda.pl", "cda"}, {"clipfish.de", ""}, {"dumpert.nl", "dumpert"}, {"indavideo.hu", "indavideo"},
	{"ivi.ru", ""}, {"kewego.fr", ""}, {"mediathek.de", ""}, {"myvi.ru", ""}, {"myvideo.*", "myvideo"}, {"nuum.ru", ""},
	{"rutube.ru", "rutube"}, {"sevenload.com", ""}, {"smotri.com", ""}, {"stream.cz", "stream.cz"}, {"vbox7.com", "vbox7"},
	{"videa.hu", "videa"}, {"video.mail.ru", ""}, {"video.yandex.ru", "yandex"}, {"vkvideo.ru", "vk_video"}, {"wat.tv", ""},

	// Asia
	{"17.live", "17live"}, {"56.com", ""}, {"abema.io", "abema"}, {"abema.tv", "abema"}, {"acfun.cn", "acfun"},
	{"acfun.tv", "acfun"}, {"afreecatv.com", "soop"}, {"aparat.com", "aparat"}, {"b23.tv", "bilibili"},
	{"bilibili.com", "bilibili"}, {"bilibili.tv", "bilibili"}, {"channels.weixin.qq.com", "wechat"}, {"chzzk.naver.com", "chzzk"},
	{"clip.vn", ""}, {"dailymotion.com.tr", ""}, {"douyin.com", "douyin"}, {"douyu.com", "douyu"}, {"gifshow.com", "kuaishou"},
	{"huya.com", "huya"}, {"iesdouyin.com", "douyin"}, {"iq.com", "iqiyi"}, {"iqiyi.com", "iqiyi"}, {"ixigua.com", "xigua"},
	{"izlesene.com", "izlesene"}, {"joshapp.com", "josh"}, {"ku6.com", ""}, {"kuaishou.com", "kuaishou"}, {"le.com", ""},
	{"letv.com", ""}, {"mgoon.com", ""}, {"mgtv.com", ""}, {"mildom.com", ""}, {"mxtakatak.com", ""}, {"nico.ms", "niconico"},
	{"niconico.com", "niconico"}, {"nicovideo.jp", "niconico"}, {"nimo.tv", "nimo"}, {"openrec.tv", ""}, {"panda.tv", ""},
	{"pandalive.co.kr", ""}, {"pandora.tv", "pandora_tv"}, {"pptv.com", ""}, {"rooter.gg", ""}, {"showroom-live.com", "showroom"},
	{"sooplive.co.kr", "soop"}, {"sooplive.com", "soop"}, {"tudou.com", "youku"}, {"tv.kakao.com", "kakao_tv"},
	{"tv.naver.com", "naver_tv"}, {"tvpot.daum.net", "kakao_tv"}, {"twitcasting.tv", "twitcasting"}, {"v.qq.com", "tencent_video"},
	{"vidio.com", "vidio"}, {"vidivodo.com", ""}, {"vlive.tv", "vlive"}, {"youku.com", "youku"}, {"yy.com", ""}, {"zingtv.vn", ""},
}
